/* SPDX-License-Identifier: MIT */
/* How a comparison is told without its secrets. */
#include "lint/compare.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "os/secret.h"

#include <string.h>

#define TEXT_LIMIT ((size_t)1 << 20)
#define NAME_ROOM 40

static void show_plain(
	const char *value, size_t size, size_t room, struct buf *out)
{
	size_t start = out->size;

	for (size_t i = 0; i < size;) {
		uint32_t character = 0;
		size_t length = text_decode(value + i, size - i, &character);
		size_t width =
			text_width(buf_cstring(out) + start, out->size - start);
		if (width >= room) {
			buf_text(out, "…");
			return;
		}
		if (value[i] == '\n')
			buf_text(out, "[LF]");
		else if (value[i] == '\r')
			buf_text(out, "[CR]");
		else if (value[i] == '\t')
			buf_text(out, "[tab]");
		else if (value[i] == ' ' && (i == 0 || i + 1 == size))
			buf_text(out, "·");
		else if (length == 0)
			buf_printf(out, "\\x%02x", (unsigned char)value[i]);
		else if (text_is_invisible(character))
			buf_printf(out, "[U+%04X]", (unsigned)character);
		else
			buf_append(out, value + i, length);
		i += length ? length : 1;
	}
}

/* The last four characters are those of the value that most have, and of no
 * other: what another reader cuts it to ends in its midst. */
static void mask(const struct comparison *comparison,
	const struct reader_sight *sight, char out[SECRET_MASK_SIZE])
{
	const struct reader_sight *most = comparison->meant;
	bool whole = most && sight->value_size == most->value_size &&
		memcmp(sight->value, most->value, most->value_size) == 0;

	secret_mask_text(sight->value, whole ? sight->value_size : 0, out);
}

/* There is more of it (SIGHT_KEPT). */
static bool is_shortened(const struct reader_sight *sight)
{
	return sight->value_size > SIGHT_KEPT - 4;
}

void comparison_show_value(const struct comparison *comparison,
	const struct reader_sight *sight, size_t room, struct buf *out)
{
	char hidden[SECRET_MASK_SIZE];

	if (sight->value_size == 0) {
		buf_text(out, _("(empty)"));
		return;
	}
	if (!comparison->secret) {
		show_plain(sight->value, sight->value_size, room, out);
		return;
	}
	size_t count = text_count(sight->value, sight->value_size);
	mask(comparison, sight, hidden);
	if (is_shortened(sight)) {
		buf_printf(
			out, _("%s (more than %zu characters)"), hidden, count);
		return;
	}
	buf_printf(out,
		ngettext("%s (%zu character)", "%s (%zu characters)", count),
		hidden, count);
}

/* Behind export, blanks and line ends the name that is known. */
static bool is_name_with_more(const char *name, const char *known)
{
	size_t more = strlen(name) - strlen(known);

	return text_ends_with(name, known) &&
		(more == 0 || text_starts_with(name, "export") ||
			strspn(name, " \t\r\n") == more);
}

void comparison_show_name(const struct comparison *comparison,
	const struct reader_sight *sight, struct buf *out)
{
	const char *known = comparison->name;
	const char *name = sight->name ? sight->name : "";
	char hidden[SECRET_MASK_SIZE];
	bool shown = known &&
		(is_name_with_more(name, known) ||
			text_starts_with(name, known) ||
			variable_name_is_allowed(name));

	if (shown) {
		show_plain(name, strlen(name), NAME_ROOM, out);
		return;
	}
	secret_mask_text("", 0, hidden);
	buf_text(out, hidden);
}

/* What stands behind the =, taken apart. */
struct spelled {
	struct slice quote; /* empty: there is none */
	struct slice within;
	bool as_is; /* the value stands there byte for byte */
};

static struct spelled take_apart(const struct comparison *comparison)
{
	const struct reader_sight *meant = comparison->meant;
	struct slice whole = slice_of(strchr(comparison->spelled, '=') + 1);
	size_t quoted = whole.size > 1 && strchr("'\"`", *whole.at);
	struct slice within =
		slice_first(slice_from(whole, quoted), whole.size - 2 * quoted);

	return (struct spelled){ slice_first(whole, quoted), within,
		within.size == meant->value_size &&
			memcmp(within.at, meant->value, within.size) == 0 };
}

void comparison_show_spelling(
	const struct comparison *comparison, struct buf *out)
{
	const struct spelled spelled = take_apart(comparison);
	char hidden[SECRET_MASK_SIZE];

	if (!comparison->secret) {
		buf_text(out, comparison->spelled);
		return;
	}
	/* Of what has a \ in it the last characters are not the value's. */
	secret_mask_text(spelled.within.at,
		spelled.as_is ? spelled.within.size : 0, hidden);
	buf_printf(out, "%s=%.*s%s%.*s", comparison->name,
		(int)spelled.quote.size, spelled.quote.at, hidden,
		(int)spelled.quote.size, spelled.quote.at);
}

const char *comparison_form(const struct comparison *comparison)
{
	const struct reader_sight *meant = comparison->meant;
	const struct spelled spelled = take_apart(comparison);
	bool breaks = memchr(meant->value, '\n', meant->value_size) != NULL;

	if (spelled.quote.size == 0)
		return _("The value is there as it is, without quotes.");
	if (spelled.as_is)
		return _("Between the quotes is the value as it is.");
	return breaks && slice_find(spelled.within, '\n') == spelled.within.size
		? _("Between the quotes is the value on one line: each "
		    "line "
		    "break as \\n, and a \\ in front of each \", \\ and $.")
		: _("Between the quotes is the value with a \\ in front of "
		    "each \", \\, $ and backtick.");
}

void comparison_format_models(uint32_t models, struct buf *out)
{
	const char *separator = "";

	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_model *model = &reader_models[i];
		size_t end = i;
		uint32_t versions = 0;

		for (; end < READER_MODELS &&
			reader_models[end].reader == model->reader;
			end++)
			versions |= (uint32_t)1 << end;
		bool all = (models & versions) == versions;
		for (; i < end; i++) {
			if (!(models >> i & 1U))
				continue;
			buf_printf(out, "%s%s", separator,
				reader_name(model->reader));
			separator = ", ";
			if (all)
				break;
			buf_printf(out, " (%s)", reader_models[i].version);
		}
		i = end - 1;
	}
}

/* The line for which it never comes to the row, or null. */
static json_t *hindered_at(
	const struct comparison *comparison, const struct reader_sight *sight)
{
	for (size_t i = 0; i < comparison->hindrance_count; i++) {
		const struct hindrance *hindrance = &comparison->hindrances[i];
		if (hindrance->readers >> sight->model->reader & 1U)
			return json_new_number((json_int_t)hindrance->line);
	}
	return json_new_text(NULL);
}

static json_t *model_json(const struct comparison *comparison,
	const struct outcome *outcome, const struct reader_sight *sight)
{
	static const char *const words[] = {
		[OUTCOME_VALUE] = "value",
		[OUTCOME_EXPANDED] = "expanded",
		[OUTCOME_RUNS] = "value_run",
		[OUTCOME_OTHER_NAME] = "other_name",
		[OUTCOME_NOTHING] = "nothing",
		[OUTCOME_COMMAND] = "run",
		[OUTCOME_REFUSED] = "refused",
		[OUTCOME_ENDED] = "ended",
	};
	bool valued = outcome->kind <= OUTCOME_OTHER_NAME;
	SCOPED(buf) struct buf name = BUF(TEXT_LIMIT);
	char hidden[SECRET_MASK_SIZE];
	json_t *value = NULL;

	comparison_show_name(comparison, sight, &name);
	if (valued && comparison->secret) {
		mask(comparison, sight, hidden);
		value = json_new_text(hidden);
	} else {
		value = valued ? json_new_bytes(sight->value, sight->value_size)
			       : json_new_text(NULL);
	}
	return json_build("{reader:%s, version:%s, sees:%s, name:%s, value:%o, "
			  "length:%I, hindered_at:%o}",
		reader_name(sight->model->reader), sight->model->version,
		words[outcome->kind], sight->name ? buf_cstring(&name) : NULL,
		value,
		(json_int_t)(valued
				? text_count(sight->value, sight->value_size)
				: 0),
		hindered_at(comparison, sight));
}

json_t *comparison_json(const struct comparison *comparison, const char *file)
{
	SCOPED(buf) struct buf spelling = BUF(TEXT_LIMIT);
	json_t *readers = json_new_list();
	json_t *differ = json_new_list();

	for (size_t i = 0; i < READER_MODELS; i++) {
		for (size_t j = 0; j < comparison->count; j++)
			if (comparison->outcomes[j].models >> i & 1U)
				json_push(readers,
					model_json(comparison,
						&comparison->outcomes[j],
						&comparison->sights[i]));
	}
	for (size_t i = 0; i < READER_COUNT; i++)
		if (comparison->spelled && comparison->differ >> i & 1U)
			json_push_text(differ, reader_name((enum reader)i));
	if (comparison->spelled)
		comparison_show_spelling(comparison, &spelling);
	return json_build("{file:%s, line:%I, name:%s, masked:%b, readers:%o, "
			  "spelling:%s, differ:%o, reference:%b}",
		file, (json_int_t)comparison->line, comparison->name,
		comparison->secret, readers,
		comparison->spelled ? buf_cstring(&spelling) : NULL, differ,
		comparison->is_reference);
}
