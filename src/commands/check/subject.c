/* SPDX-License-Identifier: MIT */
/* One file that `aigenv check` looks at: whatever it is, with all that can be
 * found in it and beside it, mended before. */
#include "commands/check/check_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "cli/output.h"
#include "import/import.h"
#include "lint/lint.h"
#include "os/atomic_file.h"
#include "os/directory.h"
#include "os/file.h"
#include "package/package.h"
#include "ui/diff.h"
#include "ui/style.h"

#include <stdint.h>
#include <sys/stat.h>

#define OUTPUT_LIMIT ((size_t)64 << 20)
#define STDIN_NAME "-"

static bool is_stdin(const char *path)
{
	return text_equal(path, STDIN_NAME);
}

/* What --fix changed, every value masked. */
static void show_change(struct output *output, const char *name,
	const struct buf *before, const struct buf *after)
{
	SCOPED(buf) struct buf text = BUF(OUTPUT_LIMIT);
	const struct diff diff = { .path = name,
		.before = buf_cstring(before),
		.before_size = before->size,
		.after = buf_cstring(after),
		.after_size = after->size,
		.assignments = true,
		.form = true };

	diff_append(&diff, &text);
	output_marked(output, &text);
}

/* Whose bytes were changed, where it is another file than the one given. */
static void tell_target(struct output *output, const char *path)
{
	struct stat status;
	OWNED char *target = NULL;

	if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
		target = path_resolve(path);
	if (target) {
		OWNED char *shown = style_foreign(path);
		OWNED char *shown_target = style_foreign(target);
		output_note(output,
			_("%s is a link: the file that was mended is %s\n"),
			shown, shown_target);
	}
}

/* The new file has one name; what its others lead to is found by its number
 * alone from here on. */
static void tell_other_names(
	struct output *output, const char *path, const struct stat *was)
{
	if (was->st_nlink <= 1)
		return;
	OWNED char *shown = style_foreign(path);
	output_warning(output,
		_("%s had a second name, which keeps the file as it was, and "
		  "its secrets: `find . -inum %ju` shows it\n"),
		shown, (uintmax_t)was->st_ino);
}

/* What a large file has below a value that goes on for too long. */
static void tell_left(struct output *output, const char *path, size_t line)
{
	OWNED char *shown = style_foreign(path);

	output_warning(output,
		_("%s was left as it is from line %zu on: a value that is "
		  "opened above it is not closed within 128 KiB\n"),
		shown, line);
}

/* One document has no change in it. */
static void tell_mended(struct output *output, const char *path)
{
	OWNED char *shown = style_foreign(path);

	if (output->json)
		output_done(output, _("%s was mended"), shown);
}

/* An editor may have saved it, which would be lost. `after`: another process
 * has mended it the same way. */
static bool is_still_so(const char *path, const struct buf *before,
	const struct buf *after, struct error *err)
{
	SCOPED(buf) struct buf now = BUF(LINT_LIMIT);
	struct error ignored;

	return (file_read(path, &now, NULL, &ignored) &&
		       (buf_equal(&now, before) || buf_equal(&now, after))) ||
		file_refuse_changed(path, err);
}

/* Writes the file once the change is shown: what cannot be shown is not made.
 */
static bool change(struct invocation *call, const char *path,
	const struct subject *subject, const struct buf *before,
	const struct buf *after, struct error *err)
{
	struct atomic_file file = ATOMIC_FILE_NONE;
	struct stat was;

	if (stat(path, &was) != 0)
		was.st_nlink = 0;
	atomic_file_sweep(path);
	bool ok = atomic_file_stage(&file, path, ATOMIC_SHARED,
		buf_cstring(after), after->size, err);
	if (ok) {
		show_change(call->output, subject->name, before, after);
		ok = output_is_written(call->output, err) &&
			is_still_so(path, before, after, err) &&
			atomic_file_commit(&file, err);
	}
	atomic_file_release(&file);
	if (ok) {
		tell_mended(call->output, path);
		tell_target(call->output, path);
		tell_other_names(call->output, path, &was);
	}
	return ok;
}

/* Puts what is mended into the file, or with --stdin to stdout. */
static bool fix(struct invocation *call, const char *path,
	struct subject *subject, struct buf *bytes, bool *mended,
	struct error *err)
{
	struct buf fixed = BUF(2 * LINT_LIMIT);

	size_t left = 0;
	bool changed = lint_fix(subject, &fixed, &left);
	if (buf_failed(&fixed)) {
		buf_release(&fixed);
		return error_set(err, STATUS_INVALID,
			_("what is mended would be too large"));
	}
	bool ok = true;
	if (is_stdin(path))
		output_bytes(call->output, fixed.data, fixed.size);
	else if (changed)
		ok = change(call, path, subject, bytes, &fixed, err);
	*mended = *mended || (changed && ok);
	if (left)
		tell_left(call->output, path, left);
	buf_release(bytes);
	*bytes = fixed;
	subject->bytes = buf_cstring(bytes);
	subject->size = bytes->size;
	return ok;
}

/* What --fix mends beside the file's bytes. */
static bool make_safe(struct invocation *call, const struct subject *subject,
	const char *path, struct error *err)
{
	struct made_safe made;

	if (is_stdin(path))
		return true;
	bool ok = lint_make_safe(subject, path, &made, err);
	OWNED char *shown = style_foreign(path);
	if (made.closed)
		output_done(call->output, _("only its owner can read %s now"),
			shown);
	if (made.ignored)
		output_done(call->output, _("git ignores %s now"), shown);
	return ok;
}

/* The .env beside the file, or NULL. */
static struct envfile *read_beside(const char *path)
{
	SCOPED(buf) struct buf bytes = BUF(ENVFILE_LIMIT);
	struct envfile *document = NULL;
	struct error ignored;
	OWNED char *folder = path_directory(path);
	OWNED char *env = path_join(folder, ".env");

	if (file_read(env, &bytes, NULL, &ignored) &&
		!envfile_parse(
			buf_cstring(&bytes), bytes.size, &document, &ignored))
		document = NULL;
	return document;
}

static void check_ecosystem(
	struct report *report, const struct subject *subject, const char *path)
{
	struct envfile *env = read_beside(path);

	lint_ecosystem(report, subject,
		&(struct ecosystem_beside){ env, package_is_module(path) });
	envfile_free(env);
}

/* The file is read by then, and mended where that is wanted. */
static void check_env_file(struct invocation *call, struct report *report,
	const struct subject *subject, const char *path,
	struct check_origin *origin)
{
	const size_t first = report->count;

	lint_env(report, subject);
	if (!is_stdin(path))
		lint_safety(report, subject, path);
	check_complete(call->output, report, first);
	if (is_stdin(path))
		return;
	if (!subject->is_example) {
		check_names(call, report, subject, path, origin);
		check_drift(call, report, subject, path);
	}
	report_end(report);
}

/* Only who has the data key sees that settings were edited. */
static void tell_unverified(
	struct output *output, const char *path, const struct error *err)
{
	OWNED char *shown = style_foreign(path);

	output_note(output,
		_("%s: whether settings were edited by hand was not checked: "
		  "%s\n"),
		shown, err->what);
}

/* Whether a command finds that vault without -f. */
static bool is_found(const struct invocation *call, const char *path)
{
	SCOPED(session)
	struct session session = SESSION(check_quiet_options(call));
	struct error ignored;
	OWNED char *real = path_resolve(path);
	bool found = session_find(&session, SESSION_READ, &ignored);
	OWNED char *other = found ? path_resolve(session.path) : NULL;

	return real && other && text_equal(real, other);
}

/* What findings advise names the vault, and the profile that each is about. */
static void advise_on_vault(struct invocation *call, struct session *session,
	const char *path, struct report *report, size_t first)
{
	struct output *output = call->output;
	const char *file = output->advice.file;
	struct error ignored;

	if (first < report->count && !is_found(call, path))
		output->advice.file = path;
	session->options.file = path;
	bool loaded = session_load(session, SESSION_READ, &ignored);
	for (size_t i = first; i < report->count; i++) {
		const char *profile = report->items[i].profile;
		if (loaded && profile)
			session_name_profile(session, profile);
		check_complete_one(output, &report->items[i]);
	}
	output->advice.file = file;
}

static bool check_vault(struct invocation *call, struct report *report,
	const char *path, struct error *err)
{
	SCOPED(session)
	struct session session = SESSION(check_quiet_options(call));
	struct error ignored;

	if (is_stdin(path))
		return error_tell(err, STATUS_USAGE,
			_("a vault is looked at where it is, not on stdin"),
			_("give it as FILE"));
	const size_t first = report->count;
	bool identified = session_identify(&session, &ignored);
	const struct vault_access access = session_access(&session);
	lint_vault(report, path, identified ? &access : NULL);
	if (!identified)
		tell_unverified(call->output, path, &ignored);
	advise_on_vault(call, &session, path, report, first);
	return true;
}

/* Those of --for, else who is declared in a vault, else all who may. */
static reader_set readers_of(
	struct invocation *call, const char *path, reader_set readers)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	reader_set declared =
		values->readers ? readers : check_declared_readers(call, path);

	return declared ? declared : readers | check_readers_beside(call, path);
}

static bool not_read(const char *path, struct error *err)
{
	struct stat status;

	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
		return false;
	OWNED char *word = shell_quoted(path);
	error_next(err, _("`aigenv -C %s check` looks at what is in it"), word);
	return false;
}

bool check_subject(struct invocation *call, const char *path,
	reader_set readers, struct report *report, bool *mended,
	struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	const char *called = values->filename ? values->filename : path;
	const size_t first = report->count;
	SCOPED(buf) struct buf bytes = BUF(LINT_LIMIT);
	const char *name = NULL;

	/* Another file's profile was another one. */
	output_advise_profile(call->output, call->global->profile);
	if (!file_read_argument(path, &name, &bytes, err))
		return not_read(path, err);
	struct subject subject = {
		.name = values->filename ? values->filename : name,
		.bytes = buf_cstring(&bytes),
		.size = bytes.size,
		.readers = readers_of(call, called, readers),
		.is_example = import_is_example(called),
	};
	switch (subject_kind(called, subject.bytes, subject.size)) {
	case SUBJECT_VAULT:
		return check_vault(call, report, path, err);
	case SUBJECT_ECOSYSTEM:
		if (is_stdin(path) && values->fix)
			output_bytes(call->output, bytes.data, bytes.size);
		check_ecosystem(report, &subject, called);
		check_complete(call->output, report, first);
		return true;
	case SUBJECT_ENV:
		break;
	}
	SCOPED(check_origin) struct check_origin origin;
	check_origin_find(&origin, call, called);
	if (origin.is_known)
		subject.profile = &origin.peeked.profile;
	if (values->fix &&
		(!fix(call, path, &subject, &bytes, mended, err) ||
			!make_safe(call, &subject, path, err)))
		return false;
	check_env_file(call, report, &subject, path, &origin);
	return true;
}
