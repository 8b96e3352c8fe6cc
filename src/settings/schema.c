/* SPDX-License-Identifier: MIT */
/*
 * The table as JSON Schemas (draft-07, json-schema.org: what editors know).
 * They complete and explain, and find what a form can find; what only a look at
 * the values can, is left to aigenv.
 */
#include "settings/settings_internal.h"

#include "base/i18n.h"
#include "base/json.h"

#define DRAFT "http://json-schema.org/draft-07/schema#"

static json_t *record_schema(enum settings_group group, bool whole);

static json_t *text_schema(const struct setting *setting)
{
	json_t *schema =
		json_build("{type:'string', maxLength:%i}", TEXT_LIMIT);

	if (setting->pattern)
		json_put_text(schema, "pattern", setting->pattern);
	if (setting->words) {
		json_t *words = json_new_list();
		for (size_t i = 0; setting->words[i]; i++)
			json_push_text(words, setting->words[i]);
		json_put(schema, "enum", words);
	}
	return schema;
}

static json_t *item_schema(const struct setting *setting, bool whole)
{
	return setting->below ? record_schema(setting->below, whole)
			      : text_schema(setting);
}

static json_t *list_schema(const struct setting *setting, bool whole)
{
	json_t *schema = json_build("{type:'array', items:%o, maxItems:%i}",
		item_schema(setting, whole), setting->most);

	if (setting->least && whole)
		json_put(schema, "minItems", json_new_number(setting->least));
	return schema;
}

static json_t *map_schema(const struct setting *setting, bool whole)
{
	return json_build("{type:'object', propertyNames:{pattern:%s}, "
			  "additionalProperties:%o, maxProperties:%i}",
		SETTINGS_VARIABLE, item_schema(setting, whole), setting->most);
}

static json_t *integer_schema(const struct setting *setting)
{
	return json_build("{type:'integer', minimum:%i, maximum:%i}",
		setting->least, setting->most);
}

static json_t *either(json_t *one, json_t *other)
{
	return json_build("{anyOf:[%o, %o]}", one, other);
}

static json_t *value_schema(const struct setting *setting, bool whole)
{
	switch (setting->type) {
	case TYPE_TEXT:
		return text_schema(setting);
	case TYPE_INTEGER:
		return integer_schema(setting);
	case TYPE_INTEGER_OR_TEXT:
		return either(integer_schema(setting), text_schema(setting));
	case TYPE_FLAG:
		return json_build("{type:'boolean'}");
	case TYPE_TEXT_OR_LIST:
		return either(
			text_schema(setting), list_schema(setting, whole));
	case TYPE_RECORD:
		return record_schema(setting->below, whole);
	case TYPE_TEXT_MAP:
	case TYPE_RECORD_MAP:
		return map_schema(setting, whole);
	default:
		return list_schema(setting, whole);
	}
}

/* `whole`: what is required has to be there, as in a vault. */
static json_t *record_schema(enum settings_group group, bool whole)
{
	const struct setting *setting = NULL;
	json_t *properties = json_new_object();
	json_t *required = json_new_list();

	while ((setting = setting_next(group, setting))) {
		json_t *value = value_schema(setting, whole);
		json_put_text(value, "description", _(setting->help));
		json_put(properties, setting->member, value);
		if (whole && setting->need == JSON_REQUIRED)
			json_push_text(required, setting->member);
	}
	/* Any member may be there whose name begins with x-, of any value. */
	return json_build(
		"{type:'object', properties:%o, required:%o, "
		"patternProperties:{^x-:true}, additionalProperties:false}",
		properties, required);
}

json_t *settings_schema(void)
{
	return json_build("{$schema:%s, title:%s, if:{required:['aigenv', "
			  "'profiles']}, then:%o, "
			  "else:{$ref:'#/definitions/settings'}, "
			  "definitions:{settings:%o}}",
		DRAFT, _("a profile's settings, or an aigenv.json"),
		json_build("{properties:{profiles:{additionalProperties:{"
			   "properties:{"
			   "settings:{$ref:'#/definitions/settings'}}}}}}"),
		record_schema(SETTINGS_TOP, true));
}

json_t *settings_answers_schema(void)
{
	json_t *schema = json_build(
		"{$schema:%s, title:%s}", DRAFT, _("answers for aigenv init"));
	JSON_SCOPED json_t *record = record_schema(SETTINGS_TOP, false);
	json_t *properties = json_object_get(record, "properties");

	json_put(properties, "profile",
		json_build("{type:'string', "
			   "pattern:'^[a-z0-9][a-z0-9._-]{0,62}$', "
			   "description:%s}",
			_("the profile's name")));
	json_put(properties, "secrets",
		json_build(
			"{type:'object', propertyNames:{pattern:%s}, "
			"additionalProperties:{type:'string'}, description:%s}",
			SETTINGS_VARIABLE,
			_("values of secrets, by the variable's "
			  "name")));
	json_put_all(schema, record);
	return schema;
}
