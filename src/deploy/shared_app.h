/* SPDX-License-Identifier: MIT */
/*
 * An app of PM2 that several profiles of a vault name. On machines of their own
 * that is as it should be; on one machine, what one of them restarts or deletes
 * is the other's.
 */
#ifndef DEPLOY_SHARED_APP_H
#define DEPLOY_SHARED_APP_H

#include "base/buf.h"
#include "session/workspace.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Of the apps that the profile gave to PM2 those that neither it nor another
 * profile of the vault names, as the settings stand in the file: no restart
 * deletes another one's app. Takes the reference. New reference. */
json_t *apps_given_up(json_t *apps, const struct workspace *workspace);

/* Warns where another profile that is used on this machine names an app of this
 * one: the restart is of both. The second only tells. */
void shared_app_warn(const struct workspace *workspace);

bool shared_app_is_here(const struct workspace *workspace);

/* Whether `apply --restart` asks for --switch, since the app is another
 * profile's here: what several name is the default profile's, which is warned
 * alone. Appends each to `list` (may be NULL), "web (production)", with commas.
 */
bool shared_app_needs_switch(
	const struct workspace *workspace, struct buf *list);

/* " --switch" where it is needed, else "". */
const char *shared_app_option(const struct workspace *workspace);

/* Appends " pm2.app=api-staging", for `config set`, quoted for a shell; nothing
 * where the app is not one that aigenv's ecosystem file makes. */
void own_app_setting(
	const struct profile *profile, const char *name, struct buf *out);

/* Appends " --pm2-app api-staging", for `init`. */
void own_app_option(
	const struct profile *profile, const char *name, struct buf *out);

/* What is advised where two profiles write one file: a path of its own,
 * ecosystem.staging.config.cjs, of ecosystem.config.cjs and staging. Owned. */
char *own_path(const char *path, const char *profile);

/* Appends "outputs.0.path=.env.staging", for `config set`, quoted for a shell:
 * of ecosystem.config.cjs it is ecosystem.staging.config.cjs. */
void own_path_setting(
	size_t index, const char *path, const char *profile, struct buf *out);

/* Appends "env=.env.staging", for --output. */
void own_path_option(const char *template, const char *path,
	const char *profile, struct buf *out);

#endif
