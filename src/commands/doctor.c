/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "doctor/doctor.h"
#include "manual/topics.h"
#include "os/home.h"
#include "ui/layout.h"

#include <stddef.h>

/* `aigenv doctor`: what on this machine would stop the others. */

struct values {
	bool offline;
	int64_t timeout; /* seconds; 0: not given */
};

static run_command run;

const struct command command_doctor = {
	.name = "doctor",
	.summary = N_("look for what on this machine would stop aigenv"),
	.description = N_(
		"Looks at what the other commands rest on: the vault and what "
		"git knows of it, this machine's identity, who can read and "
		"write which files, variables of this shell, the programs that "
		"a profile needs, what a crash has left, and for each host "
		"that is called its name, connection, certificate and clock. "
		"With -p it looks at one profile, else at all of the vault. "
		"With -q only what is wrong is printed.\n\n"
		"It works without vault and identity, changes nothing, "
		"remembers nothing and asks for nothing: an identity behind a "
		"passphrase is not opened without AIGENV_PASSPHRASE_FILE.\n\n"
		"One request goes to the gateway of each profile that can be "
		"opened here and, where CLOUDFLARE_API_TOKEN is set, to "
		"Cloudflare's API; neither has a key or token. Without such a "
		"profile no host is called, as only a profile says which. "
		"Whether tokens, keys and models are right, `aigenv verify` "
		"tells."),
	OPTIONS(values,
		OPTION(values, offline, "offline",
			.help = N_("make no request")),
		OPTION(values, timeout, "timeout", .value = "SECONDS",
			.least = 1, .most = OPTION_SECONDS_MOST,
			.help = N_("limit for each request (20)"))),
	.examples = EXAMPLES({ "aigenv doctor", NULL },
		{ "aigenv doctor -q", N_("only what is wrong, for a monitor") },
		{ "aigenv doctor --offline --json", NULL }),
	.statuses =
		(const enum status[]){ STATUS_FOUND, STATUS_USAGE, STATUS_OK },
	.needs = NEEDS_VAULT,
	.run = run,
};

/* Columns in front of what is said. */
#define INDENT 16
#define TEXT_LIMIT ((size_t)1 << 20)

/* A line of its own, of what strangers have named, behind a mark and a label.
 */
static void add_line(struct output *output, const char *mark, const char *label,
	const char *text)
{
	const struct layout layout = { .width = output_width(output, true),
		.column = INDENT,
		.indent = INDENT };
	SCOPED(buf) struct buf out = BUF(TEXT_LIMIT);
	OWNED char *shown = style_foreign(text);

	buf_printf(&out, "%s ", mark);
	layout_label(&out, label, INDENT - 3);
	buf_byte(&out, ' ');
	layout_text(&out, shown, &layout);
	buf_byte(&out, '\n');
	output_marked(output, &out);
}

static char *headline(const struct doctor_finding *finding)
{
	OWNED char *subject = path_shown(finding->subject);

	/* Also one that is "". */
	const bool is_said = text_starts_with(finding->message, subject);
	const char *profile = text_equal_or_null(finding->profile, subject)
		? NULL
		: finding->profile;

	return memory_printf("%s%s%s%s%s", profile ? profile : "",
		profile ? ": " : "", is_said ? "" : subject,
		is_said ? "" : ": ", finding->message);
}

static void print(struct output *output, const struct doctor_finding *finding)
{
	static const char *const marks[] = {
		[DOCTOR_OK] = STYLE_GOOD "✓" STYLE_END,
		[DOCTOR_INFO] = STYLE_DIM "·" STYLE_END,
		[DOCTOR_WARNING] = STYLE_WARN "!" STYLE_END,
		[DOCTOR_ERROR] = STYLE_BAD "✗" STYLE_END,
	};
	OWNED char *said = headline(finding);

	add_line(output, marks[finding->severity],
		doctor_check_word(finding->check), said);
	if (finding->advice)
		add_line(output, " ", _("next"), finding->advice);
}

static void print_sum(struct output *output, const struct doctor_report *report)
{
	const size_t errors = report->of[DOCTOR_ERROR];
	const size_t warnings = report->of[DOCTOR_WARNING];

	if (doctor_report_matters(report))
		output_text(output,
			ngettext("%zu problem (errors: %zu, warnings: %zu)\n",
				"%zu problems (errors: %zu, warnings: %zu)\n",
				errors + warnings),
			errors + warnings, errors, warnings);
	else
		output_done(
			output, _("nothing was found that would stop aigenv"));
}

static void complete_text(const struct output *output, char **text)
{
	char *completed = *text ? output_advice(output, *text) : NULL;

	free(*text);
	*text = completed;
}

/* The commands in it, as they are to be typed for that profile. What `apply`
 * would warn of has them in its message. */
static void complete(struct output *output, struct doctor_finding *finding)
{
	output_advise_profile(
		output, finding->is_named ? finding->profile : NULL);
	complete_text(output, &finding->message);
	complete_text(output, &finding->advice);
	output_advise_profile(output, NULL);
}

struct showing {
	struct output *output;
	struct doctor_report report;
	size_t shown; /* so many of it were printed */
};

static void show(void *context)
{
	struct showing *showing = context;
	struct output *output = showing->output;

	for (; showing->shown < showing->report.count; showing->shown++) {
		struct doctor_finding *finding =
			&showing->report.items[showing->shown];
		complete(output, finding);
		if (!output->quiet || finding->severity > DOCTOR_INFO)
			print(output, finding);
	}
	output_flush(output);
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	struct showing showing = { .output = call->output };
	const struct doctor_options asked = {
		.session = session_options(call),
		.variables = topic_text(topic_find("environment")),
		.waits = show,
		.context = &showing,
		.offline = values->offline,
		.timeout_ms = values->timeout * 1000,
	};

	(void)err;
	doctor_examine(&asked, &showing.report);
	show(&showing);
	print_sum(call->output, &showing.report);
	output_json(call->output, doctor_json(&showing.report));
	bool matters = doctor_report_matters(&showing.report);
	doctor_report_release(&showing.report);
	return matters ? STATUS_FOUND : STATUS_OK;
}
