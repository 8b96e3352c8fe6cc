/* SPDX-License-Identifier: MIT */
/* Every row's example has what the row says. */
#include "lint/lint.h"

#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define GATEWAY                                                                \
	"gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/gw"

/* Examples are short: dots stand for a gateway's address. */
static char *written_out(const char *example)
{
	struct buf out = BUF(4096);

	for (const char *at = example; *at; at++) {
		if (text_starts_with(at, " ... ")) {
			buf_byte(&out, '\n');
			at += strlen(" ... ") - 1;
		} else if (text_starts_with(at, "...")) {
			bool scheme = at > example && at[-1] == '/';
			buf_printf(&out, "%s%s", scheme ? "" : "https://",
				GATEWAY);
			at += strlen("...") - 1;
		} else {
			buf_byte(&out, *at);
		}
	}
	return buf_take(&out, NULL);
}

static bool has(const struct report *report, enum rule_id rule)
{
	for (size_t i = 0; i < report->count; i++) {
		if (report->items[i].rule == rule)
			return true;
	}
	return false;
}

static bool is_found(enum rule_id rule, const char *name, const char *format)
{
	char *example = written_out(rules_table[rule].example);
	struct buf text = BUF(8192);
	struct report report = { .count = 0 };

	for (const char *at = format; *at; at++) {
		if (*at == '@')
			buf_text(&text, example);
		else
			buf_byte(&text, *at);
	}
	const struct subject subject = { .name = name,
		.bytes = buf_cstring(&text),
		.size = text.size,
		.readers = READERS_ALL };
	if (subject_kind(name, "", 0) == SUBJECT_ECOSYSTEM)
		lint_ecosystem(&report, &subject,
			&(struct ecosystem_beside){ .env = NULL });
	else
		lint_env(&report, &subject);
	bool found = has(&report, rule);
	report_release(&report);
	buf_release(&text);
	free(example);
	return found;
}

Test(examples, have_what_their_rule_is_about)
{
	size_t examples = 0;

	for (size_t i = 0; i < RULE_COUNT; i++) {
		const enum rule_id rule = (enum rule_id)i;
		if (!rules_table[i].example)
			continue;
		examples++;
		cr_expect(is_found(rule, ".env", "@\n") ||
				is_found(rule, ".env", "@\nCF_AIG_TOKEN=x\n") ||
				is_found(rule, "ecosystem.config.js",
					"module.exports = { apps: [{ @ }] }"),
			"%s: %s", rules_table[i].id, rules_table[i].example);
	}
	cr_assert_gt(examples, 30);
}

/* An id is for scripts: it is there once, and in one form. */
Test(examples, ids_are_words_and_there_once)
{
	for (size_t i = 0; i < RULE_COUNT; i++) {
		const char *id = rules_table[i].id;
		cr_expect(
			text_only(id, "abcdefghijklmnopqrstuvwxyz0123456789-"),
			"%s", id);
		cr_expect_eq(
			rule_by_id(id, strlen(id)), (enum rule_id)i, "%s", id);
	}
}
