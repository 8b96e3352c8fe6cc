/* SPDX-License-Identifier: MIT */
/*
 * `init`'s flags and --answers as one JSON document of the form that DESIGN
 * gives for --answers. A flag wins over the file.
 */
#ifndef COMMANDS_INIT_ANSWERS_H
#define COMMANDS_INIT_ANSWERS_H

#include "base/json.h"
#include "cli/command.h"

struct init_flags {
	const char *answers;
	const char *account, *gateway, *origin, *custom_domain;
	const char *route_name, *provider, *path, *model, *key_env, *model_env,
		*direct_url, *credential, *alias;
	const char *pm2_app, *pm2_script, *pm2_instances, *pm2_env,
		*pm2_ecosystem;
	struct text_list vars, outputs, secrets;
};

/*
 * A row of an option table for one of them, in a command whose `struct values`
 * has a member `struct init_flags flags`.
 */
#define INIT_FLAG(kind, flag, name_, value_, help_, topic_)                    \
	{                                                                      \
		.name = (name_), .value = (value_), .type = (kind),            \
		.offset = offsetof(struct values, flags.flag),                 \
		.help = (help_), .topic = (topic_)                             \
	}

/*
 * Reads the file and every secret's source. STATUS_USAGE for a malformed flag
 * or a literal secret, STATUS_INVALID for a malformed file, STATUS_IO. New
 * reference.
 */
json_t *init_gather_answers(const struct init_flags *flags, struct error *err)
	MUST_CHECK;

/*
 * The same on top of answers that are there already (`import`): those given
 * replace, `vars` and `secrets` by name.
 */
bool init_add_answers(json_t *answers, const struct init_flags *flags,
	struct error *err) MUST_CHECK;

#endif
