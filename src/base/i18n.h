/* SPDX-License-Identifier: MIT */
/*
 * Texts for people, in their language, by the gettext of the C library.
 *
 *     _("Gateway")       the translation, where the text is used
 *     N_("Gateway")      only marks it: in a table, whose user calls
 * _(row->text) ngettext(one, many, count)
 *
 * One sentence is one string: never joined from halves, and never with a phrase
 * as the value of a "%s". Names, numbers and paths are its values. What
 * machines read (JSON keys, .env files, templates, headers) is not marked.
 * src/po/README.md is for who translates.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

/*
 * The language of the environment (LC_ALL, LC_MESSAGES, LANG, LANGUAGE), with
 * the catalogues in `folder`. Numbers, times and sorting stay plain. To be
 * called once, first of all in main.
 */
void i18n_begin(const char *folder);

/* A sentence out of a table, in which each %s is the next of the two. Owned. */
char *i18n_filled(const char *text, const char *first, const char *second);

#endif
