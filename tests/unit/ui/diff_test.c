/* SPDX-License-Identifier: MIT */
#include "ui/diff.h"

#include "ui/style.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(struct diff diff, const char *before, const char *after,
	const char *expected)
{
	SCOPED(buf) struct buf marked = BUF(65536);
	SCOPED(buf) struct buf plain = BUF(65536);
	struct style style = { 0 };

	diff.path = "f";
	diff.before = before;
	diff.before_size = before ? strlen(before) : 0;
	diff.after = after;
	diff.after_size = strlen(after);
	diff_append(&diff, &marked);
	style_render(&style, buf_cstring(&marked), marked.size, &plain);
	cr_assert_str_eq(buf_cstring(&plain), expected);
}

Test(diff, equal_contents_say_nothing)
{
	expect((struct diff){ 0 }, "a\nb\n", "a\nb\n", "");
}

Test(diff, shows_three_lines_around_a_change)
{
	expect((struct diff){ 0 }, "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
		"1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
		"f\n@@ line 2 @@\n  2\n  3\n  4\n- 5\n+ five\n  6\n  7\n  8\n");
}

Test(diff, a_new_file_is_all_additions)
{
	expect((struct diff){ 0 }, NULL, "a\nb", "f (new)\n+ a\n+ b\n");
}

Test(diff, finds_what_moved_least)
{
	expect((struct diff){ 0 }, "a\nb\nc\nd\n", "b\nc\nx\nd\n",
		"f\n@@ line 1 @@\n- a\n  b\n  c\n+ x\n  d\n");
}

Test(diff, an_emptied_file_is_all_removals)
{
	expect((struct diff){ 0 }, "a\n", "", "f\n@@ line 1 @@\n- a\n");
}

/* One name is plain; what was written under it last time is https://a. */
static bool is_plain(
	void *context, enum diff_side side, const char *text, size_t size)
{
	const char *line = side == DIFF_BEFORE ? "CF_AIG_BASE_URL=https://a"
					       : "CF_AIG_BASE_URL=https://b";

	(void)context;
	return (size == strlen(line) && memcmp(text, line, size) == 0) ||
		(side == DIFF_BEFORE && size == 9 &&
			memcmp(text, "https://a", size) == 0);
}

Test(diff, masks_every_value_of_an_env_file_but_the_plain_ones)
{
	struct diff diff = { .assignments = true, .is_plain = is_plain };

	expect(diff,
		"CF_AIG_BASE_URL=https://a\nDB='hunter2hunter2'\n# "
		"K=oldoldoldold1\n",
		"CF_AIG_BASE_URL=https://b\nDB='hunter2hunter2'\n# "
		"K=oldoldoldold1\n"
		"PEM=\"-----BEGIN\nabcdef\n\"\n",
		"f\n@@ line 1 @@\n- CF_AIG_BASE_URL=https://a\n"
		"+ CF_AIG_BASE_URL=https://b\n"
		"  DB=••••••••ter2\n  # K=••••••••old1\n"
		"+ PEM=••••••••\n+ ••••••••\n+ ••••••••\n");
}

Test(diff, masks_what_stood_under_a_plain_name_and_was_not_written_so)
{
	struct diff diff = { .assignments = true, .is_plain = is_plain };

	expect(diff,
		"CF_AIG_BASE_URL=sk-somebodys-old-key1\n"
		"CF_AIG_BASE_URL=https://a\n",
		"CF_AIG_BASE_URL=https://b\n",
		"f\n@@ line 1 @@\n- CF_AIG_BASE_URL=••••••••key1\n"
		"- CF_AIG_BASE_URL=https://a\n+ CF_AIG_BASE_URL=https://b\n");
}

Test(diff, of_a_line_that_goes_shows_what_it_shares_and_what_is_plain)
{
	struct diff diff = { .is_plain = is_plain };

	expect(diff,
		"key: \"sk-old-secret-1\"\nurl: \"https://a\", x: 1\n"
		"port: 1\n# gone\n",
		"key: \"sk-new-secret-2\"\nurl: \"https://b\", x: 1\nport: 2\n",
		"f\n@@ line 1 @@\n- key: \"••••••••\"\n"
		"- url: \"https://a\", x: 1\n- port: ••••••••\n"
		"- ••••••••\n+ key: \"sk-new-secret-2\"\n"
		"+ url: \"https://b\", x: 1\n+ port: 2\n");
}

Test(diff, masks_known_secrets_wherever_they_stand)
{
	struct redactor *redactor = redactor_new();
	struct diff diff = { .redactor = redactor };

	redactor_add_text(redactor, "sk-1234567890ab", 15);
	redactor_add_text(redactor, "sk-1", 4);
	expect(diff, NULL, "env: { KEY: \"sk-1234567890ab\", B: 'sk-1' },\n",
		"f (new)\n+ env: { KEY: \"••••••••90ab\", B: '••••••••' },\n");
	redactor_free(redactor);
}

Test(diff, shows_the_form_of_lines_whose_values_stay)
{
	struct diff diff = { .assignments = true, .form = true };

	expect(diff,
		"A = 'hunter2hunter2' # old hunter2\r\nB=\"x\n# "
		"K=oldoldoldold1\nC=1",
		"# old hunter2\nA='hunter2hunter2'\nB=\"x\n# "
		"K=oldoldoldold1\nC=1\n",
		"f\n@@ line 1 @@\n- A = '••••••••ter2'·# ••••••••\\r\n"
		"+ # ••••••••\n+ A='••••••••ter2'\n"
		"  B=\"••••••••\n  # K=••••••••old1\n"
		"- C=•••••••• (no line end)\n+ C=••••••••\n");
}

/* More lines than the table of common ones has room for. */
Test(diff, a_large_file_is_compared_line_by_line)
{
	SCOPED(buf) struct buf before = BUF(1 << 20);
	SCOPED(buf) struct buf after = BUF(1 << 20);
	SCOPED(buf) struct buf out = BUF(1 << 20);

	for (size_t i = 0; i < 9000; i++) {
		bool changed = i == 1 || i == 8998;
		buf_printf(&before, "A%zu=%s\n", i, changed ? "1 " : "1");
		buf_printf(&after, "A%zu=1\n", i);
	}
	diff_append(&(struct diff){ .path = "f",
			    .before = buf_cstring(&before),
			    .before_size = before.size,
			    .after = buf_cstring(&after),
			    .after_size = after.size },
		&out);
	cr_expect(strstr(buf_cstring(&out), "- A8998=1 "));
	cr_expect_not(strstr(buf_cstring(&out), "A4000="));
}
