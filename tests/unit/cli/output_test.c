/* SPDX-License-Identifier: MIT */
#include "cli/output.h"

#include "cli/command.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* An output whose stdout and stderr are pipes that the test reads. */
struct captured {
	struct output output;
	int results[2], notes[2];
};

static void capture(
	struct captured *captured, const struct global_options *global)
{
	cr_assert_eq(pipe(captured->results), 0);
	cr_assert_eq(pipe(captured->notes), 0);
	output_init(&captured->output, global, NULL);
	captured->output.results.file = captured->results[1];
	captured->output.notes.file = captured->notes[1];
}

static void expect_pipe(int pipe_ends[2], const char *expected)
{
	char text[4096] = "";

	close(pipe_ends[1]);
	ssize_t size = read(pipe_ends[0], text, sizeof(text) - 1);
	cr_assert_geq(size, 0);
	cr_assert_str_eq(text, expected);
	close(pipe_ends[0]);
}

static void finish(struct captured *captured)
{
	struct error err;

	cr_assert(output_finish(&captured->output, &err));
	output_release(&captured->output);
}

static void say_everything(struct output *output)
{
	output_text(output, "result %d\n", 1);
	output_note(output, "note\n");
	output_detail(output, "detail\n");
	output_warning(output, "warning\n");
	output_json(output, json_pack("{s:i}", "a", 1));
}

Test(output, results_and_notes_go_their_ways)
{
	struct captured captured;
	struct global_options global = { 0 };

	capture(&captured, &global);
	say_everything(&captured.output);
	finish(&captured);
	expect_pipe(captured.results, "result 1\n");
	expect_pipe(captured.notes, "note\nwarning\n");
}

Test(output, json_is_one_document)
{
	struct captured captured;
	struct global_options global = { .json = true, .quiet = true };

	capture(&captured, &global);
	output_json(&captured.output, json_pack("{s:i}", "old", 1));
	say_everything(&captured.output);
	finish(&captured);
	expect_pipe(captured.results, "{\n  \"a\": 1\n}\n");
	expect_pipe(captured.notes, "warning\n");
}

Test(output, json_without_a_document_is_an_empty_one)
{
	struct captured captured;
	struct global_options global = { .json = true };

	capture(&captured, &global);
	finish(&captured);
	expect_pipe(captured.results, "{}\n");
	close(captured.notes[0]);
	close(captured.notes[1]);
}

Test(output, progress_makes_room_for_the_next_word)
{
	struct captured captured;
	struct global_options global = { 0 };

	capture(&captured, &global);
	output_progress(&captured.output, "unseen, for stderr is no terminal");
	captured.output.live = true;
	setenv("COLUMNS", "20", 1);
	output_progress(
		&captured.output, "calling %s", "a-gateway-of-some-name");
	output_progress(&captured.output, "call · 2 s · Ctrl-C stops it");
	output_note(&captured.output, "done\n");
	finish(&captured);
	expect_pipe(captured.notes,
		"calling a-gateway-o\r\033[Kcall · 2 s\r\033[Kdone\n");
	close(captured.results[0]);
	close(captured.results[1]);
}

Test(output, verbose_adds_details)
{
	struct captured captured;
	struct global_options global = { .verbose = true };

	capture(&captured, &global);
	say_everything(&captured.output);
	finish(&captured);
	expect_pipe(captured.notes, "note\ndetail\nwarning\n");
	close(captured.results[0]);
	close(captured.results[1]);
}

Test(output, bytes_stay_as_they_are)
{
	struct captured captured;
	struct global_options global = { .json = true };

	capture(&captured, &global);
	output_bytes(&captured.output, "\033[1m\001", 5);
	finish(&captured);
	expect_pipe(captured.results, "\033[1m\001");
	close(captured.notes[0]);
	close(captured.notes[1]);
}

Test(output, an_error_is_what_where_next)
{
	struct captured captured;
	struct global_options global = { 0 };
	struct error err;

	error_set(
		&err, STATUS_INVALID, "no profile is named %s", "a\nb\033[2J");
	error_at(&err, "aigenv.json");
	error_next(&err, "aigenv profile list shows the names");
	capture(&captured, &global);
	output_error(&captured.output, &err);
	finish(&captured);
	expect_pipe(captured.notes,
		"aigenv: no profile is named a b\\x1b[2J\n"
		"  where  aigenv.json\n"
		"  next   aigenv profile list shows the names\n");
	close(captured.results[0]);
	close(captured.results[1]);
}

Test(output, a_full_disk_is_remembered)
{
	struct captured captured;
	struct global_options global = { 0 };
	struct error err = { 0 };
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	cr_assert_geq(full, 0);
	capture(&captured, &global);
	captured.output.results.file = full;
	output_text(&captured.output, "x\n");
	cr_assert(!output_finish(&captured.output, &err));
	cr_assert_eq(err.status, STATUS_IO);
	output_release(&captured.output);
	close(full);
}

/* What is begun before a change is one document with the rest. */
Test(output, a_document_is_begun_before_a_change)
{
	struct captured captured;
	struct global_options global = { .json = true };
	struct error err = { 0 };
	FILE *file = tmpfile();
	char text[64] = "";

	cr_assert(file);
	capture(&captured, &global);
	captured.output.results.file = fileno(file);
	cr_assert(output_is_written(&captured.output, &err));
	cr_assert(output_is_written(&captured.output, &err));
	output_json(&captured.output, json_pack("{s:i}", "a", 1));
	cr_assert(output_finish(&captured.output, &err));
	rewind(file);
	cr_assert_gt(fread(text, 1, sizeof(text) - 1, file), 0);
	cr_assert_str_eq(text, "{\n  \"a\": 1\n}\n");
	output_release(&captured.output);
	(void)fclose(file);
}
