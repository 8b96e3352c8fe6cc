/* SPDX-License-Identifier: MIT */
#include "doctor/doctor_internal.h"

#include "base/json_build.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/directory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *doctor_check_word(enum doctor_check check)
{
	static const char *const words[] = {
#define X(constant, word) word,
		DOCTOR_CHECKS(X)
#undef X
	};

	return words[check];
}

static const char *severity_word(enum doctor_severity severity)
{
	static const char *const words[] = { "ok", "info", "warning", "error" };

	return words[severity];
}

void doctor_add(struct doctor *doctor, enum doctor_check check,
	enum doctor_severity severity, const char *subject, const char *format,
	...)
{
	struct doctor_report *report = doctor->report;
	struct doctor_finding finding = {
		.check = check,
		.severity = severity,
		.is_named = doctor->is_named,
		.subject = memory_text(subject),
	};
	va_list values;

	if (doctor->profile)
		finding.profile = memory_text(doctor->profile);
	va_start(values, format);
	finding.message = memory_vprintf(format, values);
	va_end(values);
	report->of[severity]++;
	MEMORY_PUSH(report->items, report->count, finding);
}

void doctor_advise(struct doctor *doctor, const char *format, ...)
{
	struct doctor_report *report = doctor->report;
	char **advice = &report->items[report->count - 1].advice;
	va_list values;

	free(*advice);
	va_start(values, format);
	*advice = memory_vprintf(format, values);
	va_end(values);
}

/* In a folder of the user's, and below it, it is shorter that way; and it has
 * to be, where -C made another one the present. Owned. */
static char *word_of(const struct doctor *doctor, const char *subject)
{
	OWNED char *real = path_resolve(subject);
	OWNED char *seen = real
		? path_relative(doctor->options->session.started_in, real)
		: NULL;
	const bool is_far =
		!seen || (subject[0] == '/' && text_starts_with(seen, "../"));

	return shell_quoted(is_far ? subject : seen);
}

void doctor_tell(
	struct doctor *doctor, enum doctor_told told, const char *subject)
{
	static const struct {
		enum doctor_check check;
		enum doctor_severity severity;
		const char *message, *advice;
	} rows[] = {
#define TOLD(constant, check, severity, message, advice)                       \
	[TOLD_##constant] = { DOCTOR_##check, DOCTOR_##severity, (message),    \
		(advice) },
#include "doctor/told.def"
#undef TOLD
	};

	doctor_add(doctor, rows[told].check, rows[told].severity, subject, "%s",
		_(rows[told].message));
	if (!*rows[told].advice)
		return;
	OWNED char *word = strstr(rows[told].advice, "%s")
		? word_of(doctor, subject)
		: memory_text("");
	OWNED char *advice = i18n_filled(_(rows[told].advice), word, word);
	doctor_advise(doctor, "%s", advice);
}

void doctor_add_error(struct doctor *doctor, enum doctor_check check,
	enum doctor_severity severity, const char *subject,
	const struct error *err)
{
	doctor_add(doctor, check, severity,
		err->where[0] ? err->where : subject, "%s", err->what);
	if (err->next[0])
		doctor_advise(doctor, "%s", err->next);
}

bool doctor_report_matters(const struct doctor_report *report)
{
	return report->of[DOCTOR_WARNING] + report->of[DOCTOR_ERROR] > 0;
}

json_t *doctor_json(const struct doctor_report *report)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < report->count; i++) {
		const struct doctor_finding *one = &report->items[i];

		json_push(list,
			json_build("{check:%s, profile:%s, subject:%s, "
				   "severity:%s, message:%s, advice:%s}",
				doctor_check_word(one->check), one->profile,
				one->subject, severity_word(one->severity),
				one->message, one->advice));
	}
	return json_build("{findings:%o}", list);
}

void doctor_report_release(struct doctor_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->items[i].profile);
		free(report->items[i].subject);
		free(report->items[i].message);
		free(report->items[i].advice);
	}
	free(report->items);
	*report = (struct doctor_report){ .count = 0 };
}
