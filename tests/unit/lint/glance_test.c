/* SPDX-License-Identifier: MIT */
/*
 * What a glance rules out is not there: the rules that look at values find the
 * same in each row, whether they were shown it or not.
 */
#include "lint/lint_internal.h"

#include "base/attributes.h"
#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *const names[] = { "A", "AB", "KEY", "_KEY", "MY_API_KEY",
	"X_TOKEN", "X_MODEL", "OPENAI_BASE_URL", "X_API_BASE", "X_ENDPOINT",
	"CF_AIG_TOKEN", "CF_AIG_", "NEXT_PUBLIC_A_KEY", "VITE_SECRET_KEY",
	"PUBLIC_PASSWORD", "REACT_APP_X", "DB_PASSWORD", "HTTP_PROXY" };

static const char *const beginnings[] = { "", "c", "changeme", "CHANGE-ME ",
	"change_this", "Placeholder", "replace.me", "replace_with_",
	"fill me in", "your_", "Your-", "YOURAPI", "<your", "insert_your",
	"enter_your", "paste_your", "put_your", "add your", "http",
	"http://u:p@h/", "https://h/?key=1", "HTTP://", "sk-", "sk_live_",
	"ghp_", "<", "x", "*" };

static const char *const endings[] = { "", "x", "xX*", "xxxxxx", "***", ">",
	"_here", "-HERE", ".Here", "here", "1", "8", "=", "/" };

static const char *const middles[] = { "", "1", "0a1B2c3D4e5F" };

static struct glance glances[2]; /* the second of an example */

struct found {
	size_t errors, warnings, infos, values;
};

static struct found look(const struct envfile_row *row, bool is_example,
	bool everything, unsigned *seen)
{
	struct report report = { .count = 0 };
	const struct subject subject = {
		.name = ".env", .readers = READERS_ALL, .is_example = is_example
	};
	struct lint lint = { .report = &report, .subject = &subject };

	report_begin(&report, subject.name);
	*seen = everything ? GLANCE_EVERYTHING
			   : glance_at(&glances[is_example], row);
	if (*seen & GLANCE_GATEWAY)
		lint_collect(&lint, row);
	if (*seen)
		lint_secrets(&lint, row, *seen);
	const struct found found = { report.errors, report.warnings,
		report.infos, lint.value_count };
	report_release(&report);
	for (size_t i = 0; i < lint.value_count; i++) {
		free(lint.values[i].name);
		memory_free(lint.values[i].value, lint.values[i].size);
	}
	free(lint.values);
	return found;
}

static size_t ruled_out, found_any;

static void check(const char *text)
{
	struct envfile_walk *walk = envfile_walk_new(text, strlen(text));
	struct envfile_row row;
	unsigned seen = 0;
	unsigned all = 0;

	cr_assert(envfile_walk_next(walk, &row), "%s", text);
	envfile_walk_free(walk);
	for (int is_example = 0; row.kind != ROW_NONE && is_example <= 1;
		is_example++) {
		const struct found fast = look(&row, is_example, false, &seen);
		const struct found slow = look(&row, is_example, true, &all);
		cr_expect_eq(memcmp(&fast, &slow, sizeof(fast)), 0, "%s", text);
		ruled_out += seen == 0;
		found_any +=
			slow.errors + slow.warnings + slow.infos + slow.values >
			0;
	}
}

static void check_value(const char *name, const char *value)
{
	static const char *const quotes[] = { "", "'", "\"" };
	char text[256];

	for (size_t i = 0; i < ARRAY_SIZE(quotes); i++) {
		(void)snprintf(text, sizeof(text), "%s=%s%s%s\n", name,
			quotes[i], value, quotes[i]);
		check(text);
	}
}

Test(glance, what_it_rules_out_is_not_there)
{
	char value[128];

	glance_begin(&glances[0], false);
	glance_begin(&glances[1], true);
	for (size_t name = 0; name < ARRAY_SIZE(names); name++)
		for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++)
			for (size_t j = 0; j < ARRAY_SIZE(middles); j++)
				for (size_t k = 0; k < ARRAY_SIZE(endings);
					k++) {
					(void)snprintf(value, sizeof(value),
						"%s%s%s", beginnings[i],
						middles[j], endings[k]);
					check_value(names[name], value);
				}
	cr_expect_gt(ruled_out, 1000);
	cr_expect_gt(found_any, 1000);
}
