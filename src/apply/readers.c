/* SPDX-License-Identifier: MIT */
#include "apply/readers.h"

#include "base/i18n.h"
#include "base/json.h"

bool declared_readers(const struct profile *profile,
	const struct profile_output *output, reader_set *set, struct error *err)
{
	json_t *names = output->readers ? output->readers : profile->readers;

	*set = 0;
	JSON_EACH(name, names) {
		const char *text = json_string_value(name.value);
		enum reader reader = text ? reader_find(text) : READER_COUNT;
		if (reader == READER_COUNT) {
			error_set(err, STATUS_INVALID,
				_("no env-file reader is called \"%.40s\""),
				text ? text : "");
			error_at(err, "readers");
			return error_next(
				err, _("`aigenv help readers` lists them"));
		}
		*set |= (reader_set)1 << reader;
	}
	return true;
}
