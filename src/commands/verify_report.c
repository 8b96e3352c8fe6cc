/* SPDX-License-Identifier: MIT */
#include "commands/verify_report.h"

#include "base/text.h"

#include <string.h>

#define TEXT_LIMIT ((size_t)16 * 1024)

static void add_success(const struct verify_result *result, struct buf *out)
{
	buf_printf(out, STYLE_GOOD "✓" STYLE_END " %s/%s: %s · %s · %lld ms",
		result->profile, result->route, result->provider, result->model,
		(long long)result->latency_ms);
	/* With 200 it is the model's own words; else why a refusal proves. */
	if (*result->message)
		buf_printf(out,
			result->http_status == 200 ? " · answered \"%s\""
						   : " · proven by: %s",
			result->message);
	if (result->direct)
		buf_text(out, " · without the gateway");
	buf_byte(out, '\n');
}

static void add_headline(const struct verify_result *result, struct buf *out)
{
	buf_printf(out, STYLE_BAD "✗" STYLE_END " %s/%s: %s", result->profile,
		result->route, diagnosis_word(result->diagnosis));
	if (result->http_status > 0 && *result->said_by)
		buf_printf(out, " (%d from %s)", result->http_status,
			result->said_by);
	buf_byte(out, '\n');
}

static void add_line(const char *name, const char *text, struct buf *out)
{
	if (*text)
		buf_printf(out, "  " STYLE_DIM "%-9s" STYLE_END " %s\n", name,
			text);
}

static void add_said(const struct verify_result *result, struct buf *out)
{
	SCOPED(buf) struct buf said = BUF(TEXT_LIMIT);

	if (!*result->message || text_equal(result->message, result->means))
		return;
	if (result->http_status > 0)
		buf_printf(&said, "%d \"%s\"", result->http_status,
			result->message);
	else
		buf_text(&said, result->message);
	if (*result->log_id)
		buf_printf(&said, " (cf-aig-log-id %s)", result->log_id);
	add_line("said", buf_cstring(&said), out);
}

static void add_probes(const struct verify_result *result, struct buf *out)
{
	for (size_t i = 0; i < result->probe_count; i++) {
		const struct probe *probe = &result->probes[i];
		SCOPED(buf) struct buf line = BUF(TEXT_LIMIT);

		if (probe->http_status > 0)
			buf_printf(&line, "%s: %d", probe->what,
				probe->http_status);
		else
			buf_printf(&line, "%s: no answer", probe->what);
		add_line(i == 0 ? "also" : "", buf_cstring(&line), out);
	}
}

void verify_result_text(const struct verify_result *result, struct buf *out)
{
	if (result->ok) {
		add_success(result, out);
		return;
	}
	add_headline(result, out);
	if (result->http_status > 0)
		add_line("sent", result->sent, out);
	add_said(result, out);
	add_probes(result, out);
	add_line("means", result->means, out);
	add_line("do", result->advice, out);
}

void report_verify_result(struct output *output,
	const struct verify_result *result, bool to_stdout)
{
	SCOPED(buf) struct buf text = BUF(TEXT_LIMIT);

	verify_result_text(result, &text);
	if (to_stdout)
		output_marked(output, &text);
	else if (result->ok)
		output_note(output, "%s", buf_cstring(&text));
	else
		output_warning(output, "%s", buf_cstring(&text));
}
