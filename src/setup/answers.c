/* SPDX-License-Identifier: MIT */
#include "setup/answers.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/file.h"
#include "os/source.h"
#include "settings/value.h"

#include <string.h>

#define ANSWERS_LIMIT (1u << 20)
#define ANSWERS_DEPTH 8

static json_t *read_answers(const char *path, struct error *err)
{
	static const struct json_limits limits = { .depth = ANSWERS_DEPTH };
	SCOPED(buf) struct buf text = BUF(ANSWERS_LIMIT);
	const char *name = NULL;

	if (!file_read_argument(path, &name, &text, err))
		return NULL;
	json_t *answers =
		json_parse(buf_cstring(&text), text.size, name, &limits, err);
	if (answers && !json_is_object(answers)) {
		error_set(err, STATUS_INVALID,
			_("the answers must be a JSON object"));
		error_at(err, "%s", name);
		error_next(err, _("`aigenv help answers` shows its form"));
		json_decref(answers);
		return NULL;
	}
	return answers;
}

/* The member, made where it is not there; NULL where it is of another type,
 * which is refused with all answers. */
static json_t *member_of(
	json_t *answers, const char *name, json_t *(*kind)(void))
{
	JSON_SCOPED json_t *made = kind();

	if (!json_object_get(answers, name))
		json_put_shared(answers, name, made);
	json_t *member = json_object_get(answers, name);
	return json_typeof(member) == json_typeof(made) ? member : NULL;
}

/* The flags describe one route: the file's only one, or a new one. */
static bool find_route(json_t *answers, json_t **route, struct error *err)
{
	json_t *routes = member_of(answers, "routes", json_new_list);

	if (json_array_size(routes) > 1)
		return error_tell(err, STATUS_USAGE,
			_("flags describe one route, but there are several"),
			_("give all routes by --answers FILE"));
	if (routes && json_array_size(routes) == 0)
		json_push(routes, json_new_object());
	*route = json_array_get(routes, 0);
	return true;
}

static bool set_value(json_t *object, const struct setting *setting,
	const struct given_texts *texts, struct error *err)
{
	json_t *value =
		settings_values(setting, texts->items, texts->count, err);

	if (!value) {
		err->status = STATUS_USAGE;
		return error_at(err, "--%s", setting->flag);
	}
	if (json_is_object(object))
		json_put(object, setting->member, value);
	else
		json_decref(value);
	return true;
}

/* NAME=REST: the name is owned by the caller, the rest borrowed. */
static bool split_pair(const char *flag, const char *pair, char **name,
	const char **rest, struct error *err)
{
	const char *equals = strchr(pair, '=');

	if (!equals || equals == pair) {
		/* Not quoted: whoever forgot the name may have typed a key. */
		error_set(err, STATUS_USAGE, _("--%s needs the form NAME=..."),
			flag);
		return error_next(
			err, _("`aigenv help init` shows an example"));
	}
	*name = memory_copy(pair, (size_t)(equals - pair));
	*rest = equals + 1;
	return true;
}

/* --var NAME=VALUE; --output TEMPLATE=PATH */
static bool set_pair(json_t *answers, const struct setting *setting,
	const char *pair, struct error *err)
{
	bool is_map = setting->type == TYPE_TEXT_MAP;
	json_t *all = member_of(answers, setting->member,
		is_map ? json_new_object : json_new_list);
	const char *value = NULL;
	OWNED char *name = NULL;

	if (!split_pair(setting->flag, pair, &name, &value, err))
		return false;
	if (is_map && all)
		json_put_text(all, name, value);
	else if (all)
		json_push(
			all, json_build("{template:%s, path:%s}", name, value));
	return true;
}

static bool set_pairs(json_t *answers, const struct setting *setting,
	const struct given_texts *pairs, struct error *err)
{
	/* Lists replace those of the file. */
	if (setting->type == TYPE_RECORDS)
		json_put(answers, setting->member, json_new_list());
	for (size_t i = 0; i < pairs->count; i++)
		if (!set_pair(answers, setting, pairs->items[i], err))
			return false;
	return true;
}

static bool set_setting(json_t *answers, const struct setting *setting,
	const struct given_texts *texts, struct error *err)
{
	json_t *object = answers;

	if (setting->type & TYPE_GROUPS)
		return set_pairs(answers, setting, texts, err);
	if (setting->group == SETTINGS_ROUTE &&
		!find_route(answers, &object, err))
		return false;
	if (setting->group == SETTINGS_PM2)
		object = member_of(answers, "pm2", json_new_object);
	return set_value(object, setting, texts, err);
}

static bool set_settings(
	json_t *answers, const struct given *given, struct error *err)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		const struct given_texts *texts = &given->settings[i];
		if (texts->count > 0 &&
			!set_setting(answers, setting, texts, err))
			return false;
	}
	return true;
}

static bool set_secret(json_t *answers, struct given_secrets *secrets,
	const char *name, const char *source, struct error *err)
{
	SCOPED(secret) struct secret value = { 0 };

	if (!source_read(source, &value, err))
		return err->where[0] ? false
				     : error_at(err, "--secret %.100s", name);
	json_put(member_of(answers, "secrets", json_new_object), name,
		given_secret_add(secrets, &value));
	return true;
}

static bool set_secrets(json_t *answers, struct given_secrets *secrets,
	const struct given *given, struct error *err)
{
	bool stdin_taken = given->file && text_equal(given->file, "-");

	for (size_t i = 0; i < given->secrets.count; i++) {
		const char *source = NULL;
		OWNED char *name = NULL;
		if (!split_pair("secret", given->secrets.items[i], &name,
			    &source, err))
			return false;
		bool is_stdin = text_equal(source, "-");
		if (is_stdin && stdin_taken)
			return error_tell(err, STATUS_USAGE,
				_("stdin can be read only once"),
				_("give the other value as @FILE, env:VAR or "
				  "fd:N"));
		stdin_taken |= is_stdin;
		if (!set_secret(answers, secrets, name, source, err))
			return false;
	}
	return true;
}

/* `vars` and `secrets` by name, everything else as a whole. */
static bool add_file(json_t *answers, struct given_secrets *secrets,
	const char *path, struct error *err)
{
	JSON_SCOPED json_t *all = read_answers(path, err);

	if (!all || !given_secrets_take(secrets, all, err))
		return false;
	JSON_EACH_MEMBER(member, all) {
		json_t *present = json_object_get(answers, member.name);
		if (json_is_object(present) && json_is_object(member.value))
			json_put_all(present, member.value);
		else
			json_put_shared(answers, member.name, member.value);
	}
	return true;
}

bool answers_add(json_t *answers, struct given_secrets *secrets,
	const struct given *given, struct error *err)
{
	if (given->file && !add_file(answers, secrets, given->file, err))
		return error_advise(err,
			_("correct that answer; `aigenv help answers` "
			  "describes each"));
	return set_settings(answers, given, err) &&
		set_secrets(answers, secrets, given, err);
}
