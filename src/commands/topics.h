/* SPDX-License-Identifier: MIT */
/* What `aigenv help` can explain besides commands: data. */
#ifndef COMMANDS_TOPICS_H
#define COMMANDS_TOPICS_H

struct topic {
	const char *name; /* NULL ends the table */
	const char *summary;
	/* Paragraphs; a line that begins with a blank stays as it is. */
	const char *text;
};

extern const struct topic topics[];

#endif
