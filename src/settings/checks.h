/* SPDX-License-Identifier: MIT */
/*
 * Single checks of plain settings, as answers are given: one text each, one
 * reason each. STATUS_INVALID with what and next; where is the caller's.
 */
#ifndef SETTINGS_CHECKS_H
#define SETTINGS_CHECKS_H

#include "base/error.h"

#include <stdbool.h>

bool setting_check_account(const char *text, struct error *err) MUST_CHECK;
/* Cloudflare writes account IDs in lower case, some tools do not: makes it so,
 * in place, of 32 digits of hex; whether it changed any. */
bool setting_lower_account(char *text);
bool setting_check_gateway(const char *text, struct error *err) MUST_CHECK;
bool setting_check_origin(const char *text, struct error *err) MUST_CHECK;
bool setting_check_custom_domain(const char *text, struct error *err)
	MUST_CHECK;
/* Its form alone: any letters, digits and "-", custom- at most once. */
bool setting_check_provider(const char *text, struct error *err) MUST_CHECK;
bool setting_check_path(const char *text, struct error *err) MUST_CHECK;
bool setting_check_model(const char *text, struct error *err) MUST_CHECK;
bool setting_check_variable(const char *text, struct error *err) MUST_CHECK;
/* A name that PM2 can be told by --only, and that is nothing else to it. */
bool setting_check_app(const char *text, struct error *err) MUST_CHECK;
bool setting_check_name(const char *text, struct error *err) MUST_CHECK;
bool setting_check_direct_url(const char *text, struct error *err) MUST_CHECK;

/* A route's name: it becomes a part of a variable's name and of a key. */
bool setting_check_route_name(const char *text, struct error *err) MUST_CHECK;

/* PM2's environment name and the like: printed in a shell command. */
bool setting_check_word(const char *text, struct error *err) MUST_CHECK;

/* Text on one line, without blanks around. */
bool setting_check_one_line(const char *text, struct error *err) MUST_CHECK;

/* A word of an argv: anything but nothing. */
bool setting_check_command_word(const char *text, struct error *err) MUST_CHECK;

/* PM2's instances, as text: "max", or a number. */
bool setting_check_instances(const char *text, struct error *err) MUST_CHECK;

/* A built-in template, or ./FILE. */
bool setting_check_template(const char *text, struct error *err) MUST_CHECK;

/* 64 lower-case hex digits. */
bool setting_check_sha256(const char *text, struct error *err) MUST_CHECK;

/* A relative path without ".."; no symbolic link has been followed for it. */
bool setting_check_no_way_up(const char *text, struct error *err) MUST_CHECK;

/* A relative path that stays inside the vault's folder by its text. */
bool setting_check_inside_path(const char *text, struct error *err) MUST_CHECK;

/* A relative path to a folder, which may be above the vault's. */
bool setting_check_folder(const char *text, struct error *err) MUST_CHECK;

/*
 * The part of a URL's path that an SDK adds by itself ("/chat/completions"), or
 * NULL. Points into the path.
 */
const char *setting_check_find_endpoint(const char *path);

#endif
