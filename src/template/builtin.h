/* SPDX-License-Identifier: MIT */
/*
 * The templates in templates/, embedded: "env" is env.mustache, "ecosystem" is
 * ecosystem.config.cjs.mustache, "ecosystem-wrap" is ecosystem.aigenv....
 *
 * What they find in scope (DESIGN "Templates"), and what a user's own template
 * may use too. All of it is there always, as null where the profile has none,
 * since strict rendering refuses a name that is not in scope:
 *
 *   NAME...     each variable by name, a string. The names below win over a
 *               variable called the same (`variables` still has it)
 *   variables   [{ name, value, secret: true|false }], in the order of writing
 *   profile     "production"
 *   pm2         null without PM2, else each setting of pm2 (`aigenv help
 *               settings`), with its default; app is "api,worker" where there
 *               are several, and apps the list; cwd is as seen from the folder
 *               of the file that is rendered, and null where it is that one;
 *               options is [{ name, value }] of those that PM2 takes as they
 *               are; interpreter_file, one that is named by its path, as seen
 *               from there; assignments is [{ name, value }] of the variables
 *               that package.json sets in front of its command
 *               own is the ecosystem file of the user's own that stands in
 *               the folder of the file that is rendered ({ file, json: true
 *               for one that is no module, above: the vault's folder as seen
 *               from there, null where it is that one }), or null
 *   routes      [{ each setting of a route, with its default, and base_url }]
 *   example     [{ name, value, ... }] of what a .env.example has
 *               (apply/example.h)
 *   env_file    the profile's first "env" output that is not for docker
 *               alone, as seen from the folder of the file that is rendered
 *               (".env", "../.env"), or null
 *   host        this machine: user; home, what a unit says to ProtectHome=;
 *               vault, its file's name; command, a list of the words that start
 *               the app; folder, where it runs as seen from the vault's, null
 *               for that one; as a unit spells them unit_run, unit_verify and
 *               unit_rotate, whole command lines, unit_folder, unit_identity
 *               and unit_api_token, paths, and unit_path, "PATH=..." where one
 *               is needed, else null; as a compose file does compose_command,
 *               compose_vault and compose_folder, below /app; and as cron does
 *               cron_rotate, with the API token's file
 *
 * The ecosystem file reads env_file at each start: the names of `variables`,
 * on which it insists, by itself, in the spelling of envfile_quote for dotenv
 * (so not a file in docker's grammar), other lines by other readers. It carries
 * the values as literals where there is no env_file. Its first line begins with
 * BUILTIN_MARK, so that aigenv knows its own file again.
 */
#ifndef TEMPLATE_BUILTIN_H
#define TEMPLATE_BUILTIN_H

#include "base/asset.h"
#include "template/template.h"

#define BUILTIN_MARK "// Rendered by aigenv"
#define BUILTIN_MARK_HASH "# Rendered by aigenv"

struct builtin_template {
	const char *name;         /* "ecosystem" */
	const char *default_path; /* "ecosystem.config.cjs" */
	const char *file;         /* of the asset */
	enum escaping escaping;
	bool edits; /* an existing file is edited, not replaced */
	const char *summary;
};

/* All, ended by one without a name. */
const struct builtin_template *builtin_templates(void);
/* NULL where there is none of that name. */
const struct builtin_template *builtin_find(const char *name);
const struct asset *builtin_asset(const struct builtin_template *builtin);

#endif
