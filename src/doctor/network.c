/* SPDX-License-Identifier: MIT */
/* The way to the hosts that are called: names, connections, TLS, clocks. */
#include "doctor/doctor_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "diagnosis/diagnosis.h"
#include "os/clock.h"
#include "url/url.h"

#include <stdlib.h>

#define WHOLE_MS 20000
#define ANSWER_LIMIT ((size_t)64 * 1024)
/* Between our clock and theirs; more is noticed by who compares times, such as
 * an identity provider. */
#define CLOCK_LIMIT_SECONDS 300

static char *name_of(const char *origin)
{
	SCOPED(url) struct url url = { 0 };
	struct error ignored;

	if (!url_parse(origin, &url, &ignored))
		return memory_text(origin);
	return memory_printf(
		"%s%s%s", url.host, *url.port ? ":" : "", url.port);
}

void doctor_add_host(struct doctor *doctor, const char *origin)
{
	if (doctor->lacks_authorities && text_starts_with(origin, "https:"))
		return;
	struct doctor_host host = { .url = memory_printf("%s/", origin),
		.is_named = doctor->is_named };

	for (size_t i = 0; i < doctor->host_count; i++)
		if (text_equal(doctor->hosts[i].url, host.url)) {
			free(host.url);
			return;
		}
	host.name = name_of(origin);
	if (doctor->profile)
		host.profile = memory_text(doctor->profile);
	MEMORY_PUSH(doctor->hosts, doctor->host_count, host);
}

/* Answers */

/* In the words that `verify` has for it. */
static void say_fault(struct doctor *doctor, const struct doctor_host *host,
	const struct http_answer *answer)
{
	static const struct secret none = { NULL, 0 };
	const struct route route = { .provider = "", .path = "", .name = "" };
	const struct profile profile = { .name = NULL };
	struct verify_result result = { .provider = "" };
	struct reading reading;
	struct inquiry inquiry = {
		.profile = &profile,
		.route = &route,
		.provider = "",
		.token = &none,
		.key = &none,
		.model = "",
		.base = host->url,
		.reading = &reading,
	};

	reading_take(answer, NULL, &reading);
	inquiry_judge(&inquiry);
	inquiry_say(&inquiry, &result);
	doctor_add(doctor,
		answer->outcome == HTTP_TLS_FAILED ? DOCTOR_TLS
						   : DOCTOR_REACHABILITY,
		DOCTOR_ERROR, host->name, *answer->detail ? "%s (%s)" : "%s",
		result.means, answer->detail);
	doctor_advise(doctor, "%s",
		answer->outcome == HTTP_TIMED_OUT
			? _("try again, or with a longer limit: `aigenv doctor "
			    "--timeout 120`")
			: result.advice);
}

static void say_reached(struct doctor *doctor, const struct doctor_host *host,
	const struct http_answer *answer)
{
	char proxy[HTTP_PROXY_SIZE];
	size_t ignored = 0;

	http_proxy_of(host->url, proxy);
	if (*proxy)
		doctor_add(doctor, DOCTOR_REACHABILITY, DOCTOR_OK, host->name,
			_("it answers, through the proxy %s"), proxy);
	else
		doctor_add(doctor, DOCTOR_REACHABILITY, DOCTOR_OK, host->name,
			_("it answers, after %lld ms"),
			(long long)answer->whole_ms);
	if (text_starts_with(host->url, "https:"))
		doctor_tell(doctor, TOLD_CERTIFICATE_TRUSTED, host->name);
	if (text_starts_with(host->url, DEFAULT_ORIGIN "/") &&
		!http_answer_header(answer, "cf-ray", &ignored))
		doctor_tell(doctor, TOLD_NOT_CLOUDFLARE, host->name);
}

/* An answer out of a cache has the date of when it was made. */
static void judge_clock(struct doctor *doctor, const struct doctor_host *host,
	const struct http_answer *answer, int64_t now)
{
	size_t size = 0;
	int64_t theirs = 0;
	const char *age = http_answer_header(answer, "age", &size);
	const char *date = http_answer_header(answer, "date", &size);

	if (age || !date || !clock_parse_http(date, size, &theirs))
		return;
	const int64_t ahead = now - theirs;
	if (ahead <= CLOCK_LIMIT_SECONDS && -ahead <= CLOCK_LIMIT_SECONDS) {
		doctor_tell(doctor, TOLD_CLOCK_RIGHT, host->name);
		return;
	}
	char shown[CLOCK_TEXT_SIZE];
	clock_format(theirs, shown);
	doctor_add(doctor, DOCTOR_CLOCK, DOCTOR_WARNING, host->name,
		ahead > 0 ? _("this machine's clock is %lld s ahead: there it "
			      "is %s")
			  : _("this machine's clock is %lld s behind: there it "
			      "is %s"),
		(long long)(ahead > 0 ? ahead : -ahead), shown);
	doctor_advise(doctor,
		_("set it, as by `timedatectl set-ntp true`: certificates and "
		  "the ages of secrets are judged by it"));
}

void doctor_judge_answer(struct doctor *doctor, const struct doctor_host *host,
	const struct http_answer *answer, int64_t now)
{
	doctor->profile = host->profile;
	doctor->is_named = host->is_named;
	if (answer->outcome != HTTP_ANSWERED) {
		say_fault(doctor, host, answer);
	} else {
		say_reached(doctor, host, answer);
		judge_clock(doctor, host, answer, now);
	}
	doctor->profile = NULL;
	doctor->is_named = false;
}

/* Asking */

struct asking {
	struct doctor *doctor;
	struct http_transfer *transfers; /* one for each host */
	int64_t *ended;                  /* when each answer had come */
};

static void note_time(void *context, struct http_transfer *transfer)
{
	struct asking *asking = context;

	asking->ended[transfer - asking->transfers] = clock_seconds();
}

static bool perform(struct asking *asking, struct error *err)
{
	const size_t count = asking->doctor->host_count;
	struct http_client *client = NULL;
	OWNED struct http_transfer **list =
		memory_array(count, sizeof(struct http_transfer *));
	bool ok = http_client_open(&client, err);

	for (size_t i = 0; i < count; i++)
		list[i] = &asking->transfers[i];
	ok = ok && http_perform(client, list, count, note_time, asking, err);
	http_client_close(client);
	return ok;
}

static void ask_all(struct doctor *doctor)
{
	const int64_t timeout = doctor->options->timeout_ms;
	const size_t count = doctor->host_count;
	OWNED int64_t *ended = memory_array(count, sizeof(*ended));
	OWNED struct http_transfer *transfers =
		memory_array(count, sizeof(*transfers));
	struct asking asking = { doctor, transfers, ended };
	struct error err = { 0 };

	for (size_t i = 0; i < count; i++) {
		http_transfer_init(&transfers[i], "GET", doctor->hosts[i].url);
		transfers[i].request.limits = (struct http_limits){
			.whole_ms = timeout ? timeout : WHOLE_MS,
			.first_byte_ms = timeout ? timeout : WHOLE_MS,
			.answer_bytes = ANSWER_LIMIT,
		};
	}
	if (!perform(&asking, &err))
		doctor_add_error(
			doctor, DOCTOR_TOOLS, DOCTOR_ERROR, "libcurl", &err);
	for (size_t i = 0; i < count; i++) {
		if (!err.status)
			doctor_judge_answer(doctor, &doctor->hosts[i],
				&transfers[i].answer, ended[i]);
		http_transfer_release(&transfers[i]);
	}
}

void doctor_ask_hosts(struct doctor *doctor)
{
	const struct observer *observer = &doctor->options->session.observer;

	if (doctor->options->offline)
		doctor_tell(doctor, TOLD_OFFLINE, "--offline");
	else if (doctor->host_count == 0)
		doctor_tell(doctor,
			doctor->lacks_authorities ? TOLD_NO_HOST_BY_TLS
						  : TOLD_NO_HOST,
			"");
	if (doctor->options->offline || doctor->host_count == 0)
		return;
	if (doctor->options->waits)
		doctor->options->waits(doctor->options->context);
	observer_progress(observer,
		ngettext("asking %zu host ...", "asking %zu hosts ...",
			doctor->host_count),
		doctor->host_count);
	ask_all(doctor);
}
