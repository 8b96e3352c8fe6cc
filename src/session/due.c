/* SPDX-License-Identifier: MIT */
#include "session/due.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "os/clock.h"
#include "profile/schema.h"
#include "session/session.h"

#define SECONDS_OF_DAY 86400

static int64_t age_limit(const json_t *settings, const char *name)
{
	json_t *own =
		json_object_get(schema_entry(settings, name), "max_age_days");

	return json_integer_value(
		own ? own : json_object_get(settings, "max_age_days"));
}

bool due_of(const json_t *settings, const struct secret_info *info, int64_t now,
	struct due *due)
{
	int64_t since = 0;
	int64_t end = 0;
	bool dated = clock_parse(info->at, &since);

	*due = (struct due){
		.age_days = dated ? (now - since) / SECONDS_OF_DAY : 0,
		.limit_days = dated ? age_limit(settings, info->name) : 0,
	};
	due->days_left = due->limit_days - due->age_days;
	if (info->expires && clock_parse(info->expires, &end)) {
		/* The day is over when less than one is left. */
		int64_t left = (end - now) / SECONDS_OF_DAY - (end < now);
		due->expires = !due->limit_days || left < due->days_left;
		if (due->expires)
			due->days_left = left;
	}
	return due->limit_days > 0 || due->expires;
}

char *due_words(const struct due *due)
{
	long days = (long)due->days_left;

	if (days > DUE_WARN_DAYS)
		return NULL;
	if (due->expires && days < 0)
		return memory_printf(
			ngettext("expired %ld day ago", "expired %ld days ago",
				(unsigned long)-days),
			-days);
	if (due->expires)
		return memory_printf(
			ngettext("expires in %ld day", "expires in %ld days",
				(unsigned long)days),
			days);
	if (days <= 0)
		return memory_printf(ngettext("to be replaced: the limit is "
					      "%lld day",
					     "to be replaced: the limit is "
					     "%lld days",
					     (unsigned long)due->limit_days),
			(long long)due->limit_days);
	return memory_printf(
		ngettext("to be replaced in %ld day",
			"to be replaced in %ld days", (unsigned long)days),
		days);
}

void due_warn(const struct session *session)
{
	const struct observer *observer = &session->options.observer;
	const json_t *settings = opened_settings(session->opened);
	struct secret_info info = { .name = NULL };
	struct error reader;
	bool writer = opened_require_writer(session->opened, &reader);

	while (opened_next_secret(session->opened, &info)) {
		struct due due;
		OWNED char *words =
			due_of(settings, &info, clock_seconds(), &due)
			? due_words(&due)
			: NULL;

		if (words)
			observer_warn(observer, "%s: %s", info.name, words);
		if (words && writer && info.id)
			observer_note(observer,
				_("`aigenv rotate %s --via cloudflare` "
				  "replaces it without an outage"),
				info.name);
		else if (words && writer)
			observer_note(observer,
				_("`aigenv rotate %s` replaces it without an "
				  "outage"),
				info.name);
	}
}
