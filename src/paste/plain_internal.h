/* SPDX-License-Identifier: MIT */
/*
 * What the readers of a text that is no program's share. Each takes one line
 * (and what belongs to it below) and puts what it says as "Name: value"; false,
 * and nothing put, where the line is not of its kind.
 */
#ifndef PASTE_PLAIN_INTERNAL_H
#define PASTE_PLAIN_INTERNAL_H

#include "paste/paste_internal.h"

struct plain {
	struct slice rest;   /* the lines that are still to come */
	struct slice header; /* of a table whose columns have names; or empty */
	bool commented_out;  /* the gateway's address is */
	bool comment;        /* all of it is one */
	bool only;           /* it is one line */
	bool goes_on; /* a command that has its variables in front does */
	struct buf *out;
};

void plain_put_line(struct buf *out, struct slice line);
/* A name of several words is one for every reader: API-Key. */
void plain_put_pair(struct buf *out, struct slice name, struct slice value);

/* Letters, digits and blanks alone, also of other scripts than Latin. */
bool plain_is_words(struct slice text);
/* One word, and more than a word of prose: with a digit or a mark in it. */
bool plain_is_lone_value(struct slice text);
/* Without **, ` and blanks around it, and the mark of a list's item. */
struct slice plain_without_marks(struct slice text);

/* | Name | Value | */
bool plain_is_row(struct slice line);
/* |---|:--| below a table's head. */
bool plain_is_rule(struct slice line);
/* A row of Markdown: whatever it says. */
void plain_take_row(struct plain *plain, struct slice line);
/* A row of two cells that names its value. */
bool plain_take_two(struct plain *plain, struct slice row);

/* A label, and below it the value. */
bool plain_take_label(struct plain *plain, struct slice line);
/* gateway=other, in a text of one line. */
bool plain_take_answers(struct plain *plain, struct slice line);
/* "the gateway is called prod-gw, use model gpt-5-mini" */
bool plain_take_sentence(struct plain *plain, struct slice line);

/* Words alone, which say nothing of a value. */
bool plain_is_prose(struct slice line);

/* The text of a page's source: without its tags, and with the characters that
 * its entities stand for. `out` needs room for the text. */
void html_read(struct slice text, struct buf *out);
/* Whether such a tag stands around text on a page. */
bool html_is_tag(struct slice name);

/* What XML says, as "Name: value"; false, and nothing put, where it is none or
 * says nothing that counts. */
bool xml_read(struct slice text, struct buf *out);

#endif
