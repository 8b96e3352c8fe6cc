/* SPDX-License-Identifier: MIT */
/*
 * Asks four questions of every kind and says what came of them: what the
 * sessions about prompts drive.
 */
#include "base/text.h"
#include "os/terminal.h"
#include "ui/prompt.h"

#include <stdio.h>

static bool check_model(
	const char *answer, size_t size, void *context, struct error *err)
{
	(void)size;
	(void)context;
	if (text_only(answer, "abcdefghijklmnopqrstuvwxyz0123456789.-"))
		return true;
	error_set(err, STATUS_INVALID, "a model is letters, digits, . and -");
	return error_next(err, "type one such as gpt-4o");
}

static bool check_key(
	const char *answer, size_t size, void *context, struct error *err)
{
	(void)context;
	for (size_t i = 0; i < size; i++) {
		if (text_is_space(answer[i]))
			return error_set(
				err, STATUS_INVALID, "a key has no blanks");
	}
	return true;
}

static const char *const models[] = { "mimo-v2.5", "mimo-v2.5-pro", "gpt-4o",
	NULL };

static const struct prompt_question questions[] = {
	{ .text = "Paste",
		.help = "An address, or a curl command.",
		.multiline = true,
		.first = true },
	{ .text = "Model",
		.initial = "mimo-v2.5",
		.help = "The name that the provider gives it.",
		.completions = models,
		.check = check_model },
	{ .text = "Key", .hidden = true, .required = true, .check = check_key },
};

#define QUESTIONS (sizeof(questions) / sizeof(questions[0]))

static int report(struct prompt *prompt, const struct error *err)
{
	prompt_close(prompt);
	(void)printf("%s\n", err->what);
	return (int)err->status;
}

int main(void)
{
	static const char *const outcomes[] = { "answer", "initial", "back" };
	struct prompt *prompt = NULL;
	struct error err = { 0 };
	enum prompt_outcome outcome = PROMPT_ANSWER;
	struct prompt_question confirm = { .text = "Go on?" };
	bool yes = false;

	terminal_guard();
	if (!prompt_open(&prompt, true, &err))
		return report(NULL, &err);
	for (size_t i = 0; i < QUESTIONS; i++) {
		struct prompt_answer answer = { 0 };
		if (!prompt_ask(prompt, &questions[i], &answer, &err))
			return report(prompt, &err);
		prompt_say(prompt, "%s %zu <%s>\n", outcomes[answer.outcome],
			answer.value.size,
			questions[i].hidden ? ""
					    : secret_reveal(&answer.value));
		if (answer.outcome == PROMPT_BACK)
			i -= 2;
		prompt_answer_release(&answer);
	}
	if (!prompt_confirm(prompt, &confirm, true, &outcome, &yes, &err))
		return report(prompt, &err);
	prompt_close(prompt);
	(void)printf("%s %s\n", outcomes[outcome], yes ? "yes" : "no");
	return 0;
}
