/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "base/json.h"
#include "ui/style.h"

#include <criterion/criterion.h>
#include <stddef.h>
#include <string.h>

struct values {
	const char *out;
	bool deep, secret;
};

static const struct option options[] = {
	{ .name = "out",
		.letter = 'o',
		.value = "FILE",
		.type = OPTION_TEXT,
		.offset = offsetof(struct values, out),
		.help = "write here, not to stdout" },
	{ .name = "deep",
		.offset = offsetof(struct values, deep),
		.help = "look closer",
		.topic = "Looking" },
	{ .name = "secret",
		.offset = offsetof(struct values, secret),
		.help = "unseen",
		.hidden = true },
	{ .name = NULL },
};

static const enum status statuses[] = { STATUS_INVALID, STATUS_OK };

static const struct example examples[] = { { "aigenv render .env", "one file" },
	{ NULL, NULL } };

static const struct command render = {
	.name = "render",
	.arguments = "[OUTPUT]",
	.summary = "show one output",
	.description = "It writes nothing.",
	.options = options,
	.values_size = sizeof(struct values),
	.examples = examples,
	.statuses = statuses,
	.needs = NEEDS_VAULT,
};

static const struct command hidden = {
	.name = "xyzzy", .summary = "s", .hidden = true
};
static const struct command *const all[] = { &render, &hidden, NULL };

static char *help_of(size_t columns, struct buf *plain)
{
	SCOPED(buf) struct buf marked = BUF(65536);
	struct style style = { 0 };

	help_command(&render, NULL, columns, &marked);
	style_render(&style, buf_cstring(&marked), marked.size, plain);
	return plain->data;
}

Test(help, shows_all_that_the_table_has)
{
	SCOPED(buf) struct buf text = BUF(65536);
	const char *help = help_of(80, &text);

	cr_assert_eq(strstr(help, "aigenv render: show one output\n"), help);
	cr_assert(
		strstr(help, "\nUsage\n  aigenv render [OPTIONS] [OUTPUT]\n"));
	cr_assert(strstr(help, "\nIt writes nothing.\n"));
	cr_assert(strstr(help,
		"\nOptions\n  -o, --out FILE  write here, not to stdout\n"));
	cr_assert(strstr(help, "\nLooking\n      --deep  look closer\n"));
	cr_assert(strstr(help, "--trust FINGERPRINT"));
	cr_assert(strstr(help, "  aigenv render .env\n      one file\n"));
	cr_assert(strstr(help, "  3    a file or setting is invalid"));
	cr_assert_null(strstr(help, "unseen"));
	/* It may ask for a passphrase. */
	cr_assert(strstr(help, "\n  130  interrupted"));
	cr_assert_null(strstr(help, "\n  5  "));
}

Test(help, fits_the_width)
{
	for (size_t columns = 60; columns <= 80; columns += 20) {
		SCOPED(buf) struct buf text = BUF(65536);
		const char *line = help_of(columns, &text);

		while (*line) {
			size_t size = strcspn(line, "\n");
			cr_assert_leq(style_width(line, size), columns, "%.*s",
				(int)size, line);
			line += size + (line[size] == '\n');
		}
	}
}

Test(help, hides_what_is_hidden)
{
	SCOPED(buf) struct buf text = BUF(65536);

	help_overview(all, 80, &text);
	cr_assert(strstr(buf_cstring(&text), "render  show one output"));
	cr_assert_null(strstr(buf_cstring(&text), "xyzzy"));
}

Test(help, the_same_facts_as_json)
{
	json_t *help = help_command_json(&render, NULL);

	cr_assert_str_eq(
		json_text(help, "usage"), "aigenv render [OPTIONS] [OUTPUT]");
	cr_assert_eq(json_array_size(json_object_get(help, "options")), 2);
	cr_assert_eq(json_array_size(json_object_get(help, "exit_codes")), 5);
	json_decref(help);
}
