/* SPDX-License-Identifier: MIT */
/* Single checks of plain settings: one answer each, one reason each. */
#include "settings/checks.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/catalogue.h"
#include "catalogue/key_prefix.h"
#include "catalogue/placeholder.h"
#include "settings/settings_internal.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define ACCOUNT_SIZE 32

bool check_refuse(struct error *err, const char *next, const char *what)
{
	error_set(err, STATUS_INVALID, "%s", what);
	return next ? error_next(err, "%s", next) : false;
}

/* What no setting may be, a whole sentence each; all are marked. */
struct unfilled {
	const char *empty;
	const char *placeholder;
	const char *blank;
	const char *next;
};

static bool check_filled(
	const char *text, const struct unfilled *say, struct error *err)
{
	size_t size = strlen(text);
	const char *fault = size == 0             ? say->empty
		: placeholder_is_name(text, size) ? say->placeholder
		: strpbrk(text, " \t\r\n\v\f")    ? say->blank
						  : NULL;

	return !fault || check_refuse(err, _(say->next), _(fault));
}

/* How far it is from the 32 characters that an account ID has. */
static bool next_after_counting(size_t count, struct error *err)
{
	size_t off = count < 32 ? 32 - count : count - 32;

	return count < 32
		? error_next(err,
			  ngettext("%zu is missing; any address of the "
				   "dashboard has it, "
				   "dash.cloudflare.com/<account ID>/...: 32 "
				   "characters 0-9 and a-f",
				  "%zu are missing; any address of the "
				  "dashboard has it, "
				  "dash.cloudflare.com/<account ID>/...: 32 "
				  "characters 0-9 and a-f",
				  off),
			  off)
		: error_next(err,
			  ngettext("%zu is too many; any address of the "
				   "dashboard has it, "
				   "dash.cloudflare.com/<account ID>/...: 32 "
				   "characters 0-9 and a-f",
				  "%zu are too many; any address of the "
				  "dashboard has it, "
				  "dash.cloudflare.com/<account ID>/...: 32 "
				  "characters 0-9 and a-f",
				  off),
			  off);
}

bool setting_lower_account(char *text)
{
	bool changed = false;

	if (strlen(text) != ACCOUNT_SIZE ||
		!text_only(text, DIGITS "abcdefABCDEF"))
		return false;
	for (; *text; text++) {
		changed = changed || text_is_upper(*text);
		*text = text_lower(*text);
	}
	return changed;
}

bool setting_check_account(const char *text, struct error *err)
{
	static const char next[] =
		N_("copy it from any address of the dashboard, "
		   "dash.cloudflare.com/<account ID>/...: 32 characters 0-9 "
		   "and a-f");
	static const struct unfilled say = { N_("the account ID is empty"),
		N_("the account ID is a placeholder, not a value"),
		N_("the account ID has a blank in it"), next };

	if (!check_filled(text, &say, err))
		return false;
	if (strlen(text) != ACCOUNT_SIZE && text_is_ascii(text, strlen(text))) {
		error_set(err, STATUS_INVALID,
			ngettext("the account ID has %zu character, not 32",
				"the account ID has %zu characters, not 32",
				strlen(text)),
			strlen(text));
		return next_after_counting(strlen(text), err);
	}
	if (text_only(text, DIGITS "abcdef"))
		return true;
	if (text_only(text, DIGITS "abcdefABCDEF"))
		return check_refuse(err, _("write it in lower case"),
			_("the account ID has upper-case letters"));
	return check_refuse(err, _(next),
		_("the account ID has a character that is not 0-9 or a-f"));
}

bool setting_check_gateway(const char *text, struct error *err)
{
	static const char next[] =
		N_("look it up in the dashboard (AI, AI Gateway): a name has "
		   "lower-case letters, digits, _ and single - between them");
	static const struct unfilled say = { N_("the gateway's name is empty"),
		N_("the gateway's name is a placeholder, not a value"),
		N_("the gateway's name has a blank in it"), next };
	size_t size = strlen(text);

	if (!check_filled(text, &say, err))
		return false;
	if (size == ACCOUNT_SIZE && text_only(text, DIGITS "abcdefABCDEF"))
		return check_refuse(err, _(next),
			_("that is an account ID, not a gateway's name"));
	if (size > 64)
		return check_refuse(err, _(next),
			_("the gateway's name is longer than 64 characters"));
	if (!text_only(text, LOWER DIGITS "_-"))
		return check_refuse(err, _(next),
			_("the gateway's name has a character that is not "
			  "allowed in one"));
	if (text[0] == '-' || text[size - 1] == '-' || strstr(text, "--"))
		return check_refuse(err, _(next),
			_("the gateway's name begins or ends with -, or has -- "
			  "in it"));
	return true;
}

bool setting_check_provider(const char *text, struct error *err)
{
	static const char next[] =
		N_("`aigenv providers` lists them: openai, custom-xiaomi, ...");
	static const struct unfilled say = { N_("the provider is empty"),
		N_("the provider is a placeholder, not a value"),
		N_("the provider has a blank in it"), next };

	if (!check_filled(text, &say, err))
		return false;
	if (strstr(text, "://"))
		return check_refuse(err, _(next),
			_("the provider is a name, not an address"));
	if (strchr(text, '/'))
		return check_refuse(err,
			_("put what follows the first / into path"),
			_("the provider has a / in it: it is only the first "
			  "part after the gateway"));
	if (!text_only(text, LOWER UPPER DIGITS "-"))
		return check_refuse(err, _(next),
			_("the provider has a character that is not a letter, "
			  "digit or -"));
	if (strlen(text) > 128)
		return check_refuse(err, _(next),
			_("the provider is longer than 128 characters"));
	if (text_equal(text, CUSTOM_PREFIX) || text[0] == '-' ||
		text[strlen(text) - 1] == '-')
		return check_refuse(err, _(next),
			_("the provider's name begins or ends with -"));
	if (text_starts_with(text, CUSTOM_PREFIX CUSTOM_PREFIX))
		return check_refuse(err,
			_("write custom- once, then the slug as the dashboard "
			  "shows it; a slug that itself begins with custom- "
			  "has to be changed there"),
			_("the provider has custom- twice"));
	return true;
}

bool check_line_of(const char *text, const char *name, struct error *err)
{
	size_t size = strlen(text);

	if (size == 0) {
		error_set(err, STATUS_INVALID, _("\"%s\" is empty"), name);
		return error_next(err, _("give its value"));
	}
	if (text_is_space(text[0]) || text_is_space(text[size - 1]))
		error_set(err, STATUS_INVALID,
			_("\"%s\" begins or ends with a blank"), name);
	else if (!text_is_visible(text))
		error_set(err, STATUS_INVALID,
			_("\"%s\" has a line break or an invisible character "
			  "in it"),
			name);
	else
		return true;
	return error_next(
		err, _("write it on one line, without blanks around it"));
}

bool setting_check_model(const char *text, struct error *err)
{
	if (!check_line_of(text, "model", err))
		return false;
	if (placeholder_is(text, strlen(text)))
		return check_refuse(err,
			_("write the model's name as the provider has it"),
			_("the model is a placeholder, not a value"));
	if (variable_assignment(text, strlen(text)) > 0)
		return check_refuse(err, _("write only what comes after the ="),
			_("the model is a whole line of an .env"));
	if (key_name_in_front(text, strlen(text)) > 0)
		return check_refuse(err,
			_("write the model's name as the provider has it"),
			_("the model is a key or token with its name"));
	if (strlen(text) > 512)
		return check_refuse(err, NULL,
			_("the model's name is longer than 512 bytes"));
	return true;
}

bool setting_check_variable(const char *text, struct error *err)
{
	return variable_name_is_allowed(text) ||
		variable_name_refuse(text, err);
}

/* A character that PM2 or a terminal would take for something else, or NULL;
 * *length counts the characters. */
static const char *fault_in_app(const char *text, size_t *length)
{
	size_t size = strlen(text);
	uint32_t character = 0;

	for (size_t at = 0; at < size; (*length)++) {
		size_t step = text_decode(text + at, size - at, &character);
		if (step == 0 || text_is_invisible(character))
			return _("the PM2 app's name has a line break or an "
				 "invisible character in it");
		if (character == ' ')
			return _("the PM2 app's name has a blank in it: PM2's "
				 "--only would not find the app");
		if (character == ',')
			return _("the PM2 app's name has a comma in it: PM2's "
				 "--only would not find the app");
		if (character < 0x80 && strchr("'\"`", (int)character))
			return _("the PM2 app's name has a quote in it");
		at += step;
	}
	return NULL;
}

bool setting_check_app(const char *text, struct error *err)
{
	static const char next[] =
		N_("`pm2 ls` shows the names; api, api:prod "
		   "and @acme/api are some that work; between "
		   "several put commas");
	size_t length = 0;
	const char *fault = fault_in_app(text, &length);

	if (!fault && length == 0)
		fault = _("the PM2 app's name is empty");
	else if (!fault && length > 64)
		fault = _("the PM2 app's name is longer than 64 characters");
	else if (!fault && text[0] == '-')
		fault = _("the PM2 app's name begins with -: it would be an "
			  "option");
	else if (!fault && text_only(text, DIGITS))
		fault = _("the PM2 app's name is a number, which PM2 takes for "
			  "an app's ID");
	else if (!fault && text_equal(text, "all"))
		fault = _("the PM2 app's name is \"all\", which means every "
			  "process to PM2");
	return !fault || check_refuse(err, _(next), fault);
}

bool setting_check_name(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 63 && text_only(text, LOWER DIGITS "._-") &&
		text_is_alphanumeric(text[0]))
		return true;
	return check_refuse(err,
		_("use 1 to 63 lower-case letters, digits, dots, _ and -, a "
		  "letter or digit first: production, alice-dev"),
		_("a profile cannot have this name"));
}

bool setting_check_route_name(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 63 &&
		text_only(text, LOWER UPPER DIGITS "_-") &&
		text_is_alphanumeric(text[0]))
		return true;
	return check_refuse(err,
		_("use 1 to 63 letters, digits, _ and -, a letter or digit "
		  "first"),
		_("a route cannot have this name"));
}

bool setting_check_word(const char *text, struct error *err)
{
	size_t size = strlen(text);

	if (size > 0 && size <= 64 &&
		text_only(text, LOWER UPPER DIGITS "._-") && text[0] != '-')
		return true;
	return check_refuse(err,
		_("use 1 to 64 letters, digits, dots, _ and -"),
		_("this is not a word that a command line can hold"));
}

bool setting_check_one_line(const char *text, struct error *err)
{
	return check_line_of(text, "text", err);
}

bool setting_check_command_word(const char *text, struct error *err)
{
	return *text ||
		check_refuse(err, _("leave it out"),
			_("the restart command has an empty word"));
}

bool setting_check_instances(const char *text, struct error *err)
{
	const char *digits = text + (*text == '-');

	if (text_equal(text, "max") ||
		(*digits && strlen(digits) <= 4 && text_only(digits, DIGITS)))
		return true;
	return check_refuse(err, _("write 2, or \"max\" for one per processor"),
		_("instances must be a number or \"max\""));
}

bool setting_check_sha256(const char *text, struct error *err)
{
	return (strlen(text) == 64 && text_only(text, DIGITS "abcdef")) ||
		check_refuse(err, _("`aigenv seal` writes it"),
			_("the hash must be 64 digits of lower-case hex"));
}
