/* SPDX-License-Identifier: MIT */
#include "manual/rows.h"

#include "base/error.h"
#include "base/text.h"
#include "envfile/envfile.h"
#include "gateway/gateway.h"

#include <stdio.h>

static void exit_codes(struct table *rows)
{
	for (const struct status_entry *at = status_entries(); at->word; at++) {
		char code[16];
		(void)snprintf(code, sizeof(code), "%d", (int)at->status);
		table_add(rows, code);
		table_add(rows, at->meaning);
	}
}

static void diagnoses(struct table *rows)
{
#define X(constant, word, status, meaning)                                     \
	table_add(rows, word);                                                 \
	table_add(rows, meaning);
	DIAGNOSES(X)
#undef X
}

/* No meanings: their names are those of the programs. */
static void readers(struct table *rows)
{
#define X(constant, name)                                                      \
	table_add(rows, name);                                                 \
	table_add(rows, "");
	READERS(X)
#undef X
}

static const struct {
	const char *name;
	void (*add)(struct table *rows);
} tables[] = {
	{ "exit-codes", exit_codes },
	{ "diagnoses", diagnoses },
	{ "readers", readers },
};

void rows_add(const char *name, struct table *rows)
{
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		if (text_equal(tables[i].name, name)) {
			tables[i].add(rows);
			return;
		}
	}
	table_add(rows, name);
	table_add(rows, "(there is no such table)");
}
