/* SPDX-License-Identifier: MIT */
#include "commands/verify_report.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "session/session.h"
#include "ui/layout.h"

#include <string.h>

#define TEXT_LIMIT ((size_t)256 * 1024)

/* What `explain` is given has no profile and no route. */
static void add_name(const struct verify_result *result, struct buf *out)
{
	if (*result->profile)
		buf_printf(out, "%s/%s: ", result->profile, result->route);
}

static void write_success(const struct verify_result *result, struct buf *out)
{
	buf_text(out, STYLE_GOOD "✓" STYLE_END " ");
	add_name(result, out);
	buf_printf(out, "%s%s%s",
		*result->provider ? result->provider : _("the provider"),
		*result->model ? " · " : "", result->model);
	if (result->latency_ms >= 0)
		buf_printf(out, " · %lld ms", (long long)result->latency_ms);
	buf_text(out, " · ");
	/* The model's words, or why the refusal proves the route. */
	if (result->answered && *result->said)
		buf_printf(out, _("answered \"%s\""), result->said);
	else if (result->answered)
		buf_text(out, _("answered without text"));
	else if (result->latency_ms >= 0)
		buf_printf(out, _("proven: %s"), result->means);
	else
		buf_text(out, result->means);
	if (result->streamed)
		buf_printf(out, " · %s", _("streams"));
	if (result->direct)
		buf_printf(out, " · %s", _("without the gateway"));
	buf_byte(out, '\n');
}

/* In lines that fit. */
static void add_success(
	const struct verify_result *result, size_t width, struct buf *out)
{
	SCOPED(buf) struct buf line = BUF(TEXT_LIMIT);

	write_success(result, &line);
	layout_lines(out, buf_cstring(&line), line.size, width);
}

static void add_headline(
	const struct verify_result *result, size_t width, struct buf *out)
{
	SCOPED(buf) struct buf line = BUF(TEXT_LIMIT);

	buf_text(&line, STYLE_BAD "✗" STYLE_END " ");
	add_name(result, &line);
	if (result->or_else == result->diagnosis)
		buf_text(&line, diagnosis_word(result->diagnosis));
	else
		buf_printf(&line, _("%s or %s"),
			diagnosis_word(result->diagnosis),
			diagnosis_word(result->or_else));
	if (result->http_status > 0 && *result->origin)
		buf_printf(&line, " (%s)", result->origin);
	buf_byte(&line, '\n');
	layout_lines(out, buf_cstring(&line), line.size, width);
}

/* Columns in front of what a line says. */
#define INDENT 12

/* `name` is "" or a marked text. */
static void add_line(
	const char *name, const char *text, size_t width, struct buf *out)
{
	const struct layout layout = {
		.width = width, .column = INDENT, .indent = INDENT
	};

	if (!*text)
		return;
	buf_text(out, "  " STYLE_DIM);
	layout_label(out, _(name), INDENT - 3);
	buf_text(out, STYLE_END " ");
	layout_text(out, text, &layout);
	buf_byte(out, '\n');
}

static void add_said(
	const struct verify_result *result, size_t width, struct buf *out)
{
	SCOPED(buf) struct buf said = BUF(TEXT_LIMIT);

	if (!*result->said)
		return;
	if (result->http_status > 0)
		buf_printf(
			&said, "%d \"%s\"", result->http_status, result->said);
	else
		buf_text(&said, result->said);
	if (*result->log_id)
		buf_printf(&said, " (cf-aig-log-id %s)", result->log_id);
	add_line(N_("said"), buf_cstring(&said), width, out);
}

static void add_probes(
	const struct verify_result *result, size_t width, struct buf *out)
{
	for (size_t i = 0; i < result->probe_count; i++) {
		const struct probe *probe = &result->probes[i];
		SCOPED(buf) struct buf line = BUF(TEXT_LIMIT);

		if (probe->http_status > 0)
			buf_printf(&line, "%s: %d", probe->what,
				probe->http_status);
		else
			buf_printf(
				&line, "%s: %s", probe->what, _("no answer"));
		add_line(i == 0 ? N_("also") : "", buf_cstring(&line), width,
			out);
	}
}

static void add_texts(const json_t *list, const char *mark, struct buf *out)
{
	JSON_EACH(text, list)
		buf_printf(
			out, "  %s %s\n", mark, json_string_value(text.value));
}

static void add_call(const json_t *call, struct buf *out)
{
	const json_t *status = json_object_get(call, "http_status");
	const char *sent = json_text_or_empty(call, "sent_body");
	const char *body = json_text_or_empty(call, "body");

	buf_printf(out, "  " STYLE_DIM "── %s" STYLE_END "\n",
		json_text_or_empty(call, "what"));
	buf_printf(out, "  > %s %s\n", json_text_or_empty(call, "method"),
		json_text_or_empty(call, "url"));
	add_texts(json_object_get(call, "sent"), ">", out);
	if (*sent)
		buf_printf(out, "  > %s\n", sent);
	if (json_is_integer(status))
		buf_printf(out, "  < status %lld\n",
			(long long)json_integer_value(status));
	add_texts(json_object_get(call, "received"), "<", out);
	if (*body)
		buf_printf(out, "  < %s\n", body);
}

/* What was concluded from what, then every call. */
static void add_explained(
	const json_t *explained, size_t width, struct buf *out)
{
	const json_t *evidence = json_object_get(explained, "evidence");

	JSON_EACH(item, evidence)
		add_line(item.index == 0 ? N_("since") : "",
			json_string_value(item.value), width, out);
	JSON_EACH(item, json_object_get(explained, "calls"))
		add_call(item.value, out);
}

/* With the marks of ui/style.h, in lines of `width` columns as far as words
 * allow. */
static void add_result(
	const struct verify_result *result, size_t width, struct buf *out)
{
	if (result->ok) {
		add_success(result, width, out);
	} else {
		add_headline(result, width, out);
		if (result->http_status > 0)
			add_line(N_("sent"), result->sent, width, out);
		add_said(result, width, out);
		add_probes(result, width, out);
		add_line(N_("means"), result->means, width, out);
		add_line(N_("do"), result->advice, width, out);
	}
	if (result->explained)
		add_explained(result->explained, width, out);
}

/* What does not fit stays as it is: a command is never cut. */
static void complete(const struct advice *advice, char *text, size_t size)
{
	SCOPED(buf) struct buf whole = BUF(TEXT_LIMIT);

	advice_complete(advice, text, strlen(text), &whole);
	if (whole.size < size)
		memcpy(text, buf_cstring(&whole), whole.size + 1);
}

void report_complete_advice(
	const struct output *output, struct verify_results *results)
{
	for (size_t i = 0; i < results->count; i++) {
		struct verify_result *result = &results->items[i];
		struct advice advice = output->advice;

		if (!text_equal(result->profile, DEFAULT_PROFILE))
			advice.profile = result->profile;
		complete(&advice, result->means, sizeof(result->means));
		complete(&advice, result->advice, sizeof(result->advice));
	}
}

void report_verify_result(struct output *output,
	const struct verify_result *result, bool to_stdout)
{
	SCOPED(buf) struct buf text = BUF(TEXT_LIMIT);

	add_result(result, output_width(output, to_stdout), &text);
	if (to_stdout)
		output_marked(output, &text);
	else if (result->ok)
		output_note(output, "%s", buf_cstring(&text));
	else
		output_warning(output, "%s", buf_cstring(&text));
}
