/* SPDX-License-Identifier: MIT */
#include "commands/init_answers.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "os/file.h"
#include "os/source.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWERS_LIMIT (1u << 20)
#define ANSWERS_DEPTH 8

static json_t *read_answers(const char *path, struct error *err)
{
	static const struct json_limits limits = { .depth = ANSWERS_DEPTH };
	SCOPED(buf) struct buf text = BUF(ANSWERS_LIMIT);
	bool is_stdin = text_equal(path, "-");
	const char *name = is_stdin ? "stdin" : path;
	bool ok = is_stdin
		? file_read_descriptor(STDIN_FILENO, name, &text, err)
		: file_read_given(path, &text, NULL, NULL, err);

	if (!ok)
		return NULL;
	json_t *answers =
		json_parse(buf_cstring(&text), text.size, name, &limits, err);
	if (answers && !json_is_object(answers)) {
		error_set(err, STATUS_INVALID, "must be a JSON object");
		error_at(err, "%s", name);
		json_decref(answers);
		return NULL;
	}
	return answers;
}

struct member {
	const char *name;
	const char *text; /* NULL: the flag was not given */
};

/* Sets the members whose flags were given; whether there was one. */
static bool set_members(
	json_t *object, const struct member *members, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (!members[i].text)
			continue;
		(void)json_object_set_new(
			object, members[i].name, json_string(members[i].text));
		any = true;
	}
	return any;
}

static void set_plain(json_t *answers, const struct init_flags *flags)
{
	const struct member members[] = {
		{ "account_id", flags->account },
		{ "gateway", flags->gateway },
		{ "origin", flags->origin },
		{ "custom_domain", flags->custom_domain },
	};

	(void)set_members(answers, members, ARRAY_SIZE(members));
}

/* The flags describe one route: the file's only one, or a new one. */
static bool set_route(
	json_t *answers, const struct init_flags *flags, struct error *err)
{
	const struct member members[] = {
		{ "name", flags->route_name },
		{ "provider", flags->provider },
		{ "path", flags->path },
		{ "model", flags->model },
		{ "key_env", flags->key_env },
		{ "model_env", flags->model_env },
		{ "direct_url", flags->direct_url },
		{ "credential", flags->credential },
		{ "alias", flags->alias },
	};
	json_t *routes = json_object_get(answers, "routes");
	JSON_SCOPED json_t *given = json_object();

	if (!set_members(given, members, ARRAY_SIZE(members)))
		return true;
	if (json_array_size(routes) > 1) {
		error_set(err, STATUS_USAGE,
			"flags describe one route, but there are several");
		return error_next(err, "give all routes by --answers FILE");
	}
	if (json_is_object(json_array_get(routes, 0)))
		return json_object_update(json_array_get(routes, 0), given) ==
			0;
	routes = json_array();
	(void)json_array_append(routes, given);
	return json_object_set_new(answers, "routes", routes) == 0;
}

static void set_pm2(json_t *answers, const struct init_flags *flags)
{
	const struct member members[] = {
		{ "app", flags->pm2_app },
		{ "script", flags->pm2_script },
		{ "env", flags->pm2_env },
		{ "ecosystem", flags->pm2_ecosystem },
	};
	json_t *pm2 = json_object_get(answers, "pm2");
	json_t *target = json_is_object(pm2) ? json_incref(pm2) : json_object();
	bool any = set_members(target, members, ARRAY_SIZE(members));
	const char *instances = flags->pm2_instances;
	uint64_t number = 0;

	if (instances) {
		bool is_number = number_parse(
			instances, strlen(instances), 1, 1024, &number);
		(void)json_object_set_new(target, "instances",
			is_number ? json_integer((json_int_t)number)
				  : json_string(instances));
		any = true;
	}
	if (any)
		(void)json_object_set(answers, "pm2", target);
	json_decref(target);
}

/* NAME=REST: the name is owned by the caller, the rest borrowed. */
static bool split_pair(const char *flag, const char *pair, char **name,
	const char **rest, struct error *err)
{
	const char *equals = strchr(pair, '=');

	if (!equals || equals == pair) {
		/* Not quoted: whoever forgot the name may have typed a key. */
		error_set(err, STATUS_USAGE, "--%s needs the form NAME=...",
			flag);
		return error_next(err, "`aigenv help init` shows an example");
	}
	*name = memory_copy(pair, (size_t)(equals - pair));
	*rest = equals + 1;
	return true;
}

/* The object member of that name, made where it is not there. */
static json_t *object_member(json_t *answers, const char *name)
{
	json_t *object = json_object_get(answers, name);

	if (!object) {
		object = json_object();
		(void)json_object_set_new(answers, name, object);
	}
	return object;
}

static bool set_vars(
	json_t *answers, const struct init_flags *flags, struct error *err)
{
	for (size_t i = 0; i < flags->vars.count; i++) {
		const char *value = NULL;
		char *name = NULL;
		if (!split_pair(
			    "var", flags->vars.items[i], &name, &value, err))
			return false;
		(void)json_object_set_new(object_member(answers, "vars"), name,
			json_string(value));
		free(name);
	}
	return true;
}

static bool set_outputs(
	json_t *answers, const struct init_flags *flags, struct error *err)
{
	json_t *list = json_array();

	for (size_t i = 0; i < flags->outputs.count; i++) {
		const char *path = NULL;
		char *template = NULL;
		if (!split_pair("output", flags->outputs.items[i], &template,
			    &path, err)) {
			json_decref(list);
			return false;
		}
		(void)json_array_append_new(list,
			json_pack("{s:s, s:s}", "template", template, "path",
				path));
		free(template);
	}
	if (json_array_size(list))
		(void)json_object_set(answers, "outputs", list);
	json_decref(list);
	return true;
}

static bool set_secret(json_t *answers, const char *name, const char *source,
	struct error *err)
{
	SCOPED(secret) struct secret value = { 0 };

	if (!source_read(source, &value, err))
		return err->where[0] ? false
				     : error_at(err, "--secret %.100s", name);
	(void)json_object_set_new(object_member(answers, "secrets"), name,
		json_stringn(secret_reveal(&value), value.size));
	return true;
}

static bool set_secrets(
	json_t *answers, const struct init_flags *flags, struct error *err)
{
	bool stdin_taken = flags->answers && text_equal(flags->answers, "-");

	for (size_t i = 0; i < flags->secrets.count; i++) {
		const char *source = NULL;
		char *name = NULL;
		if (!split_pair("secret", flags->secrets.items[i], &name,
			    &source, err))
			return false;
		bool is_stdin = text_equal(source, "-");
		bool ok = !(is_stdin && stdin_taken) ||
			error_set(err, STATUS_USAGE,
				"stdin can be read once only");
		stdin_taken = stdin_taken || is_stdin;
		ok = ok && set_secret(answers, name, source, err);
		free(name);
		if (!ok)
			return false;
	}
	return true;
}

/* `vars` and `secrets` by name, everything else as a whole. */
static bool add_file(json_t *answers, const char *path, struct error *err)
{
	JSON_SCOPED json_t *given = read_answers(path, err);
	const char *name = NULL;
	json_t *value = NULL;

	if (!given)
		return false;
	json_object_foreach(given, name, value) {
		json_t *present = json_object_get(answers, name);
		if (json_is_object(present) && json_is_object(value))
			(void)json_object_update(present, value);
		else
			(void)json_object_set(answers, name, value);
	}
	return true;
}

bool init_add_answers(
	json_t *answers, const struct init_flags *flags, struct error *err)
{
	if (flags->answers && !add_file(answers, flags->answers, err))
		return false;
	set_plain(answers, flags);
	set_pm2(answers, flags);
	return set_route(answers, flags, err) &&
		set_vars(answers, flags, err) &&
		set_outputs(answers, flags, err) &&
		set_secrets(answers, flags, err);
}

json_t *init_gather_answers(const struct init_flags *flags, struct error *err)
{
	json_t *answers = json_object();

	if (init_add_answers(answers, flags, err))
		return answers;
	json_decref(answers);
	return NULL;
}
