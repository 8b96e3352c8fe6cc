/* SPDX-License-Identifier: MIT */
#include "live/live.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "live/live_internal.h"
#include "os/directory.h"
#include "os/file.h"

static enum live_dump parse(const char *path, const struct buf *text,
	json_t **list, struct error *err)
{
	json_t *root =
		json_loadb(buf_cstring(text), text->size, JSON_ALLOW_NUL, NULL);

	if (json_is_array(root)) {
		*list = root;
		return LIVE_DUMP_READ;
	}
	json_decref(root);
	error_set(err, STATUS_INVALID,
		_("PM2's saved list is not JSON, or not a list"));
	error_at(err, "%s", path);
	error_next(err, "pm2 save");
	return LIVE_DUMP_UNKNOWN;
}

enum live_dump live_read_dump(
	const char *home, bool backup, json_t **list, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(LIVE_LIST_LIMIT);
	OWNED char *path =
		path_join(home, backup ? "dump.pm2.bak" : "dump.pm2");
	enum live_dump result = LIVE_DUMP_UNKNOWN;
	bool missing = false;

	*list = NULL;
	if (file_read(path, &text, &missing, err))
		result = parse(path, &text, list, err);
	else if (missing)
		result = LIVE_DUMP_NONE;
	return result;
}
