/* SPDX-License-Identifier: MIT */
/*
 * Commits the fault that its argument names, of a kind that the sanitizers have
 * to see (tests/sanitizers.py).
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int table[5] = { 1, 2, 3, 4, 5 };

/* By addresses: the other sanitizer knows how long an array is. */
static int global(size_t at)
{
	const int *volatile from = table;

	return from[at];
}

static int literal(size_t at)
{
	const char *volatile from = "word";

	return from[at];
}

static int stack(size_t at)
{
	char room[5] = { 0 };
	const char *volatile from = room;

	return from[at];
}

static int heap(size_t at)
{
	char *room = calloc(1, 5);
	int seen = room ? room[at] : 0;

	free(room);
	return seen;
}

static int freed(size_t at)
{
	char *volatile room = calloc(1, at + 1);

	free(room);
	return room[at];
}

static int leak(size_t at)
{
	char *volatile room = malloc(at);

	room = NULL;
	return room != NULL;
}

static int overflow(size_t at)
{
	return INT_MAX + (int)at;
}

static int nothing(size_t at)
{
	const char *volatile none = NULL;
	const char *volatile sum = none + at;

	return sum != NULL;
}

static int none(size_t at)
{
	return (int)at;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*commit)(size_t at);
	} faults[] = { { "global", global }, { "literal", literal },
		{ "stack", stack }, { "heap", heap }, { "freed", freed },
		{ "leak", leak }, { "overflow", overflow },
		{ "nothing", nothing }, { "none", none } };

	for (size_t i = 0; argc == 2 && i < sizeof(faults) / sizeof(*faults);
		i++)
		if (strcmp(argv[1], faults[i].name) == 0)
			return faults[i].commit(5) ? 0 : 3;
	return 2;
}
