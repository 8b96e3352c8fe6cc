/* SPDX-License-Identifier: MIT */
/* Tables of Markdown: what stands in two columns, or below a head of names. */
#include "paste/plain_internal.h"

#include "base/text.h"

#include <string.h>

bool plain_is_row(struct slice line)
{
	line = slice_trimmed(line);
	return line.size > 2 && *line.at == '|' &&
		line.at[line.size - 1] == '|';
}

bool plain_is_rule(struct slice line)
{
	return plain_is_row(line) && slice_only(slice_trimmed(line), "|-: ");
}

struct slice plain_without_marks(struct slice text)
{
	while (text.size > 0 && strchr("*`- ", *text.at))
		text = slice_from(text, 1);
	while (text.size > 0 && strchr("*` \r", text.at[text.size - 1]))
		text.size--;
	return text;
}

/* The next cell of a row. */
static bool take_cell(struct slice *row, struct slice *cell)
{
	if (row->size < 2)
		return false;
	*row = slice_from(*row, 1);
	size_t bar = slice_find(*row, '|');
	*cell = plain_without_marks(slice_first(*row, bar));
	*row = slice_from(*row, bar);
	return true;
}

/* How many of a row's cells name what stands below or beside them. */
static size_t count_names(struct slice row)
{
	struct slice cell;
	size_t names = 0;

	while (take_cell(&row, &cell))
		names += role_of(cell) != ROLE_NONE;
	return names;
}

static void take_columns(struct plain *plain, struct slice row)
{
	struct slice names = plain->header;
	struct slice name;
	struct slice value;

	/* Further rows are others' values. */
	plain->header.size = 0;
	while (take_cell(&names, &name) && take_cell(&row, &value)) {
		if (role_of(name) != ROLE_NONE)
			plain_put_pair(plain->out, name, value);
	}
}

/* | Account ID | `0123...` | */
bool plain_take_two(struct plain *plain, struct slice row)
{
	struct slice name;
	struct slice value;
	bool two = take_cell(&row, &name) && take_cell(&row, &value) &&
		row.size < 2;

	/* | Auth | `cf-aig-authorization: Bearer ...` | */
	if (two && role_of(name) == ROLE_NONE &&
		role_of(slice_first(value, slice_find(value, ':'))) ==
			ROLE_TOKEN) {
		plain_put_line(plain->out, value);
		return true;
	}
	if (!two ||
		(role_of(name) == ROLE_NONE &&
			role_by_value(name, value) == ROLE_NONE))
		return false;
	if (role_of(name) == ROLE_URL && address_in(value).size > 0)
		value = address_in(value);
	plain_put_pair(plain->out, name, value);
	return true;
}

void plain_take_row(struct plain *plain, struct slice line)
{
	struct slice row = slice_trimmed(line);
	struct slice rest = plain->rest;
	struct slice next;

	if (plain_is_rule(row))
		return;
	if (slice_take_line(&rest, &next) && plain_is_rule(next))
		plain->header =
			count_names(row) > 1 ? row : (struct slice){ "", 0 };
	else if (plain->header.size > 0)
		take_columns(plain, row);
	else if (!plain_take_two(plain, row))
		plain_put_line(plain->out, row);
}
