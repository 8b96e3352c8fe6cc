/* SPDX-License-Identifier: MIT */
#include "ui/prompt.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/file.h"
#include "ui/layout.h"
#include "ui/prompt_internal.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SAY_LIMIT ((size_t)1 << 20)

/* A label that leaves less room than this gets a line of its own. */
#define LEAST_ANSWER 20

bool prompt_open(struct prompt **prompt, bool no_color, struct error *err)
{
	int file = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (file < 0)
		return error_tell(err, STATUS_USAGE,
			_("there is no terminal to ask on"),
			_("give the answers by options, or by --answers FILE"));
	struct prompt *opened = memory_new(sizeof(*opened));
	opened->file = file;
	opened->style = style_for(file, no_color);
	opened->editor = line_editor_open(file);
	*prompt = opened;
	return true;
}

void prompt_close(struct prompt *prompt)
{
	if (!prompt)
		return;
	line_editor_close(prompt->editor);
	close(prompt->file);
	free(prompt);
}

void prompt_rewrite_with(
	struct prompt *prompt, prompt_rewrite *rewrite, const void *context)
{
	prompt->rewrite = rewrite;
	prompt->rewrite_context = context;
}

void prompt_guard_keys(
	struct prompt *prompt, prompt_is *may_hold_key, prompt_is *is_key)
{
	prompt->may_hold_key = may_hold_key;
	prompt->is_key = is_key;
}

static char *rewritten(const struct prompt *prompt, const char *text)
{
	return prompt->rewrite ? prompt->rewrite(prompt->rewrite_context, text)
			       : memory_text(text);
}

size_t prompt_columns(const struct prompt *prompt)
{
	return terminal_columns(prompt->file);
}

static void say_text(struct prompt *prompt, const char *text)
{
	SCOPED(buf) struct buf shown = BUF(SAY_LIMIT);
	struct error ignored;

	style_render(&prompt->style, text, strlen(text), &shown);
	/* A terminal that cannot be written ends the next question. */
	if (!file_write_all(prompt->file, "/dev/tty", buf_cstring(&shown),
		    shown.size, &ignored))
		return;
}

void prompt_say(struct prompt *prompt, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	int length = vsnprintf(NULL, 0, format, values);
	va_end(values);
	if (length < 0)
		return;
	char *text = memory_new((size_t)length + 1);
	va_start(values, format);
	(void)vsnprintf(text, (size_t)length + 1, format, values);
	va_end(values);
	char *shown = rewritten(prompt, text);
	say_text(prompt, shown);
	memory_free(shown, strlen(shown));
	memory_free(text, (size_t)length + 1);
}

/* Paragraphs, wrapped and indented. */
static void say_paragraph(struct prompt *prompt, const char *text)
{
	SCOPED(buf) struct buf shown = BUF(SAY_LIMIT);
	struct layout layout = { prompt_columns(prompt), 2, 2 };
	OWNED char *whole = rewritten(prompt, text);

	buf_text(&shown, "  ");
	layout_text(&shown, whole, &layout);
	buf_byte(&shown, '\n');
	say_text(prompt, buf_cstring(&shown));
}

static void say_refusal(struct prompt *prompt, const struct error *err)
{
	SCOPED(buf) struct buf line = BUF(4 * sizeof(struct error));

	buf_printf(&line, STYLE_BAD "%s" STYLE_END, err->what);
	if (err->next[0])
		buf_clause(&line, err->next);
	if (strstr(err->next, "`aigenv "))
		buf_printf(&line, " %s", _("(in a second terminal)"));
	say_paragraph(prompt, buf_cstring(&line));
}

/* In lines that fit, without an indent. */
static void say_lines(struct prompt *prompt, const struct buf *text)
{
	SCOPED(buf) struct buf shown = BUF(SAY_LIMIT);

	layout_lines(
		&shown, buf_cstring(text), text->size, prompt_columns(prompt));
	say_text(prompt, buf_cstring(&shown));
}

/*
 * "Model [mimo-v2.5]: ". A long one is said before, so that the answer has
 * room on its own line.
 */
static void make_label(struct prompt *prompt,
	const struct prompt_question *question, struct buf *label)
{
	SCOPED(buf) struct buf marked = BUF(SAY_LIMIT);
	struct style plain = { .ascii = prompt->style.ascii };

	buf_text(&marked, question->text);
	if (question->initial)
		buf_printf(&marked, " [%s]", question->initial);
	if (question->hidden)
		buf_printf(&marked, ", %s", _("hidden"));
	size_t width = style_width(buf_cstring(&marked), marked.size);
	if (width + LEAST_ANSWER > prompt_columns(prompt) || width > 200) {
		buf_text(&marked, ":\n");
		say_lines(prompt, &marked);
		buf_text(label, "> ");
		return;
	}
	buf_text(&marked, ": ");
	style_render(&plain, buf_cstring(&marked), marked.size, label);
}

static bool read_answer(struct prompt *prompt,
	const struct prompt_question *question, struct secret *value,
	struct error *err)
{
	SCOPED(buf) struct buf label = BUF(4096);

	make_label(prompt, question, &label);
	if (prompt->editor && !question->hidden) {
		struct edit_request request = {
			.label = buf_cstring(&label),
			.multiline = question->multiline,
			.completions = question->completions,
			.conceals = prompt->may_hold_key,
		};
		return line_editor_ask(prompt->editor, &request, value, err);
	}
	struct terminal_line line = {
		.prompt = buf_cstring(&label),
		.limit = PROMPT_LIMIT,
		.hidden = question->hidden,
		.multiline = question->multiline,
		.back_key = true,
	};
	return terminal_ask(prompt->file, &line, value, err);
}

/* Blanks and line ends around it came with the paste. True: blanks did. */
static bool trim(struct secret *value)
{
	const char *text = secret_reveal(value);
	size_t start = 0;
	size_t end = value->size;
	bool blanks = false;

	while (end && text_is_space(text[end - 1]))
		blanks = text_is_blank(text[--end]) || blanks;
	while (start < end && text_is_space(text[start]))
		blanks = text_is_blank(text[start++]) || blanks;
	secret_truncate(value, end);
	secret_drop_front(value, start);
	return blanks;
}

/* Takes blanks and the like off; of a hidden answer that is said. */
static void tidy(struct prompt *prompt, const struct prompt_question *question,
	struct secret *value)
{
	bool blanks = trim(value);
	const char *taken_off = question->tidy
		? question->tidy(value, question->context)
		: NULL;

	if (blanks && question->hidden && value->size > 0)
		say_paragraph(prompt, _("the blanks around it were dropped"));
	if (taken_off)
		say_paragraph(prompt, taken_off);
}

enum answer_kind {
	ANSWER_TEXT,
	ANSWER_EMPTY,
	ANSWER_HELP,
	ANSWER_BACK,
};

static enum answer_kind kind_of(const struct secret *value)
{
	const char *text = secret_reveal(value);

	if (value->size == 0)
		return ANSWER_EMPTY;
	if (text_equal(text, "?"))
		return ANSWER_HELP;
	if (text_equal(text, "<") || text_equal(text, "back"))
		return ANSWER_BACK;
	return ANSWER_TEXT;
}

/* A paste of several lines is shown as their number. */
static void say_pasted_lines(struct prompt *prompt, const struct secret *value)
{
	const char *text = secret_reveal(value);
	size_t lines =
		1 + slice_count((struct slice){ text, value->size }, '\n');
	bool concealed =
		prompt->may_hold_key && prompt->may_hold_key(text, value->size);
	if (lines > 1) {
		prompt_say(prompt, "  ");
		prompt_say(prompt, _("(%zu lines)\n"), lines);
	} else if (concealed && prompt->editor)
		prompt_say(prompt, "  (%s)\n", _("1 line, not shown"));
}

/* A key alone, where what is typed can be seen. */
static bool refuse_key(struct prompt *prompt,
	const struct prompt_question *question, const struct secret *value,
	struct error *err)
{
	if (question->hidden || question->multiline || !prompt->is_key ||
		!prompt->is_key(secret_reveal(value), value->size))
		return true;
	return error_tell(err, STATUS_INVALID,
		_("that looks like a key or token"),
		_("it has a question of its own, where nothing is shown"));
}

/* Whether the text is the answer; says why where it is not. */
static bool passes(struct prompt *prompt,
	const struct prompt_question *question, const struct secret *value)
{
	struct error refusal = { 0 };

	if (!question->hidden)
		say_pasted_lines(prompt, value);
	if (refuse_key(prompt, question, value, &refusal) &&
		(!question->check ||
			question->check(secret_reveal(value), value->size,
				question->context, &refusal)))
		return true;
	say_refusal(prompt, &refusal);
	return false;
}

/* An outcome other than ANSWER_TEXT; false: the question is asked again. */
static bool settle(struct prompt *prompt,
	const struct prompt_question *question, enum answer_kind kind,
	enum prompt_outcome *outcome)
{
	switch (kind) {
	case ANSWER_EMPTY:
		*outcome = PROMPT_INITIAL;
		if (!question->required || question->initial)
			return true;
		say_paragraph(prompt,
			_("this has no default: an answer is needed (? for "
			  "help, Ctrl-C to stop)"));
		return false;
	case ANSWER_BACK:
		*outcome = PROMPT_BACK;
		if (!question->first)
			return true;
		say_paragraph(
			prompt, _("there is no question before this one"));
		return false;
	case ANSWER_HELP:
	case ANSWER_TEXT:
		break;
	}
	say_paragraph(prompt,
		question->help
			? question->help
			: _("Enter takes what is in brackets, < goes back, "
			    "Ctrl-C stops without writing anything."));
	return false;
}

bool prompt_ask(struct prompt *prompt, const struct prompt_question *question,
	struct prompt_answer *answer, struct error *err)
{
	for (;;) {
		SCOPED(secret) struct secret value = { 0 };
		enum prompt_outcome outcome = PROMPT_ANSWER;

		if (!read_answer(prompt, question, &value, err)) {
			if (err->status != STATUS_INVALID)
				return false;
			say_refusal(prompt, err);
			continue;
		}
		tidy(prompt, question, &value);
		enum answer_kind kind = kind_of(&value);
		if (kind == ANSWER_TEXT && !passes(prompt, question, &value))
			continue;
		if (kind != ANSWER_TEXT &&
			!settle(prompt, question, kind, &outcome))
			continue;
		*answer = (struct prompt_answer){ .outcome = outcome };
		if (kind == ANSWER_TEXT) {
			answer->value = value;
			value = (struct secret){ 0 };
		}
		return true;
	}
}

bool prompt_yes_or_no(const char *answer, bool *yes)
{
	static const struct {
		const char *word;
		bool yes;
	} words[] = {
		{ "y", true }, { "yes", true }, { "ok", true },
		{ "是", true },   /* yes, it is */
		{ "是的", true }, /* the same */
		{ "好", true },   /* good */
		{ "好的", true }, /* the same */
		{ "对", true },   /* right */
		{ "n", false }, { "no", false }, { "否", false }, /* no */
		{ "不", false },                                  /* not */
		{ "不是", false }, /* it is not */
		{ "不要", false }, /* not wanted */
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		*yes = words[i].yes;
		if (text_equal_ignoring_case(answer, words[i].word))
			return true;
	}
	return false;
}

static bool check_yes_or_no(
	const char *answer, size_t size, void *context, struct error *err)
{
	(void)size;
	if (prompt_yes_or_no(answer, context))
		return true;
	return error_tell(err, STATUS_INVALID, _("there is no such answer"),
		_("type y or n"));
}

bool prompt_confirm(struct prompt *prompt,
	const struct prompt_question *question, bool yes_by_default,
	enum prompt_outcome *outcome, bool *yes, struct error *err)
{
	struct prompt_question asked = *question;
	struct prompt_answer answer = { 0 };
	bool is_yes = yes_by_default;

	asked.initial = yes_by_default ? "Y/n" : "y/N";
	asked.check = check_yes_or_no;
	asked.context = &is_yes;
	if (!prompt_ask(prompt, &asked, &answer, err))
		return false;
	*outcome = answer.outcome;
	*yes = answer.outcome == PROMPT_INITIAL ? yes_by_default : is_yes;
	prompt_answer_release(&answer);
	return true;
}

void prompt_hush(struct prompt *prompt, bool on)
{
	if (on) {
		terminal_hush(prompt->file);
		return;
	}
	terminal_restore();
	terminal_forget();
}

void prompt_answer_release(struct prompt_answer *answer)
{
	secret_release(&answer->value);
}
