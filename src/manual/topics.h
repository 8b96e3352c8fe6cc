/* SPDX-License-Identifier: MIT */
/*
 * What `aigenv help` explains besides commands, and man pages too: one text a
 * topic, topics/NAME.txt, in the form of prose.h.
 *
 * To add one: write its text, name the file in CMakeLists.txt, and add a row in
 * topics.c, where `aigenv help topics` has it. src/po/README.md says how one is
 * translated.
 */
#ifndef MANUAL_TOPICS_H
#define MANUAL_TOPICS_H

struct topic {
	const char *name; /* NULL ends the table */
	const char *summary;
};

extern const struct topic topics[];

/* The topic of that name, or NULL. */
const struct topic *topic_find(const char *name);

/* Its text (prose.h), in the language of the messages where it is there in it.
 */
const char *topic_text(const struct topic *topic);

#endif
