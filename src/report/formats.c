/* SPDX-License-Identifier: MIT */
#include "report/formats.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/home.h"

#include <string.h>

#define SCHEMA                                                                 \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"  \
	"sarif-schema-2.1.0.json"

json_t *report_json(const struct report *report)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < report->count; i++) {
		const struct finding *one = &report->items[i];

		json_push(list,
			json_build("{file:%s, line:%o, column:%o, rule:%s, "
				   "severity:%s, message:%s, advice:%s, "
				   "fixable:%b}",
				one->file,
				json_number_if(one->place.line > 0,
					(json_int_t)one->place.line),
				json_number_if(one->place.column > 0,
					(json_int_t)one->place.column),
				rules_table[one->rule].id,
				severity_word(rules_table[one->rule].severity),
				one->message, one->advice, one->fixable));
	}
	return json_build("{findings:%o}", list);
}

/* SARIF */

static const char *sarif_level(enum severity severity)
{
	return severity == SEVERITY_INFO ? "note" : severity_word(severity);
}

static json_t *sarif_text(const char *text)
{
	return json_build("{text:%s}", text);
}

/* All that could be found: an answer without findings says what was looked for.
 * A result names its rule by its place in this list, too. */
static json_t *sarif_rules(void)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const struct rule *rule = &rules_table[i];
		OWNED char *fix = rule_fix((enum rule_id)i, "NAME");

		json_push(list,
			json_build("{id:%s, shortDescription:%o, "
				   "fullDescription:%o, help:%o, "
				   "defaultConfiguration:{level:%s}}",
				rule->id, sarif_text(_(rule->about)),
				sarif_text(_(rule->why)), sarif_text(fix),
				sarif_level(rule->severity)));
	}
	return list;
}

static json_t *sarif_region(const struct finding *one)
{
	if (one->place.line == 0)
		return NULL;
	return json_build("{startLine:%I, startColumn:%I}",
		(json_int_t)one->place.line,
		(json_int_t)(one->place.column > 0 ? one->place.column : 1));
}

static void append_reference(struct buf *out, const char *path)
{
	for (; *path; path++) {
		if (text_is_alphanumeric(*path) ||
			strchr("-._~/:@!$&'()*+,;=", *path))
			buf_byte(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned char)*path);
	}
}

/* A path as a reference (RFC 3986): every other byte is escaped, and a first
 * part with a colon is no scheme. An absolute one is a URI, which knows no ~.
 */
static json_t *sarif_uri(const char *path)
{
	SCOPED(buf) struct buf out = BUF((size_t)1 << 20);
	struct error ignored;
	OWNED char *at_home = text_starts_with(path, "~/")
		? path_home(path + strlen("~/"), &ignored)
		: NULL;
	const char *real = at_home ? at_home : path;
	const char *slash = strchr(real, '/');
	const char *colon = strchr(real, ':');

	if (*real == '/')
		buf_text(&out, "file://");
	else if (colon && (!slash || colon < slash))
		buf_text(&out, "./");
	append_reference(&out, real);
	return json_new_text(buf_cstring(&out));
}

json_t *report_sarif(const struct report *report)
{
	json_t *results = json_new_list();

	for (size_t i = 0; i < report->count; i++) {
		const struct finding *one = &report->items[i];
		JSON_SCOPED json_t *text =
			json_new_printf("%s. %s", one->message, one->advice);

		json_push(results,
			json_build("{ruleId:%s, ruleIndex:%i, level:%s, "
				   "message:%o, "
				   "locations:[{physicalLocation:{"
				   "artifactLocation:{uri:%o}, region:%o*}}]}",
				rules_table[one->rule].id, (int)one->rule,
				sarif_level(rules_table[one->rule].severity),
				sarif_text(json_string_value(text)),
				sarif_uri(one->file), sarif_region(one)));
	}
	return json_build(
		"{$schema:%s, version:'2.1.0', "
		"runs:[{tool:{driver:{name:'aigenv', version:%s, rules:%o}}, "
		"columnKind:'unicodeCodePoints', results:%o}]}",
		SCHEMA, AIGENV_VERSION, sarif_rules(), results);
}

/* As the runner reads them back (actions/toolkit, command.ts): other control
 * bytes it keeps, so that they become visible here. */
static void append_escaped(struct buf *out, const char *text, const char *also)
{
	for (; *text; text++) {
		if (strchr("%\r\n", *text) || strchr(also, *text))
			buf_printf(out, "%%%02X", (unsigned char)*text);
		else if ((unsigned char)*text < ' ')
			buf_printf(out, "\\x%02x", (unsigned char)*text);
		else
			buf_byte(out, *text);
	}
}

void report_github(const struct report *report, struct buf *out)
{
	static const char *const words[] = { "error", "warning", "notice" };

	for (size_t i = 0; i < report->count; i++) {
		const struct finding *one = &report->items[i];

		buf_printf(out,
			"::%s file=", words[rules_table[one->rule].severity]);
		append_escaped(out, one->file, ":,");
		if (one->place.line > 0)
			buf_printf(out, ",line=%zu", one->place.line);
		if (one->place.column > 0)
			buf_printf(out, ",col=%zu", one->place.column);
		buf_printf(out, ",title=%s::", rules_table[one->rule].id);
		append_escaped(out, one->message, "");
		buf_text(out, ". ");
		append_escaped(out, one->advice, "");
		buf_byte(out, '\n');
	}
}
