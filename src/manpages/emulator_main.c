/* SPDX-License-Identifier: MIT */
/* A tool of the build, not installed: prints the page aig-emulator.1. */
#include "base/error.h"
#include "emulator/fault.h"
#include "emulator/options.h"
#include "manual/mdoc.h"
#include "manual/topics.h"

#include <stdio.h>

#define PAGE_LIMIT ((size_t)1 << 20)

static void options(struct buf *out)
{
	struct option_text option;

	mdoc_options(out);
	for (size_t i = 0; options_describe(i, &option); i++) {
		mdoc_option(0, option.name, option.value, out);
		mdoc_words(option.help, out);
	}
	mdoc_options_end(out);
}

static void fault_rows(struct buf *out)
{
	SCOPED(table) struct table rows = TABLE(2);

	for (const struct fault *fault = faults; fault->name; fault++) {
		TABLE_ROW(&rows, fault->name, fault->help);
	}
	mdoc_rows(&rows, out);
}

static void write_page(struct buf *out)
{
	mdoc_head(
		"aig-emulator", "1", "a Cloudflare AI Gateway for tests", out);
	mdoc_section("SYNOPSIS", out);
	buf_text(out, ".Nm\n.Op Ar OPTIONS\n");
	mdoc_section("DESCRIPTION", out);
	mdoc_prose(topic_text(topic_find("emulator")), out);
	mdoc_section("OPTIONS", out);
	options(out);
	mdoc_section("FAULTS", out);
	mdoc_words("What --fault NAME[:COUNT] can let go wrong: with a count, "
		   "for the next so many requests; without, for all (the two "
		   "\"under load\" for one).",
		out);
	mdoc_paragraph(out);
	fault_rows(out);
	mdoc_see_also("aigenv(1)", out);
}

int main(int argc, char **argv)
{
	SCOPED(buf) struct buf page = BUF(PAGE_LIMIT);

	(void)argc;
	(void)argv;
	write_page(&page);
	if (buf_failed(&page) || fputs(buf_cstring(&page), stdout) == EOF ||
		fflush(stdout) == EOF)
		return STATUS_IO;
	return STATUS_OK;
}
