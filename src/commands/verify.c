/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/api_token.h"
#include "commands/session_options.h"
#include "commands/verify_report.h"
#include "deploy/verify_scope.h"
#include "os/clock.h"
#include "session/session.h"

/* `aigenv verify`: the test call alone. */

#define CURL_LIMIT ((size_t)4 * 1024 * 1024)

struct values {
	bool all, direct, stream, curl, explain;
	int64_t timeout; /* seconds; 0: not given */
	int64_t watch;   /* seconds; 0: not given */
	const char *model;
	const char *route;
	const char *api_token; /* a SOURCE */
};

static run_command run;

static const struct option options[] = {
	OPTION(values, all, "all",
		.help = N_("every profile of the vault, all routes at once")),
	OPTION(values, route, "route", .value = "NAME",
		.help = N_("only this route")),
	OPTION(values, model, "model", .value = "NAME",
		.help = N_("this model instead of the route's")),
	OPTION(values, direct, "direct",
		.help = N_(
			"call the provider (direct_url) without the gateway")),
	OPTION(values, stream, "stream",
		.help = N_("then ask for a stream (server-sent events) too")),
	OPTION(values, watch, "watch", .value = "SECONDS", .least = 1,
		.most = OPTION_SECONDS_MOST,
		.help = N_("repeat every so many seconds until every route "
			   "works")),
	OPTION(values, timeout, "timeout", .value = "SECONDS", .least = 1,
		.most = OPTION_SECONDS_MOST,
		.help = N_("limit for the whole call (60)")),
	OPTION(values, explain, "explain",
		.help = N_("every header sent and received, secrets masked, "
			   "and what was concluded from what"),
		.topic = N_("Looking closer")),
	OPTION(values, curl, "curl",
		.help = N_("make no call: print the equivalent curl command, "
			   "with variables in place of keys"),
		.topic = N_("Looking closer")),
	OPTION(values, api_token, "api-token", .value = "SOURCE",
		.is_file = true,
		.help = N_(
			"ask Cloudflare's API with this token (AI Gateway: "
			"Read) which of account, gateway and provider is "
			"wrong: -, @FILE, env:VAR, fd:N, vault:PROFILE/NAME"),
		.topic = N_("Looking closer")),
	{ .name = NULL },
};

static const struct example examples[] = {
	{ "aigenv verify", N_("each route of the profile, at once") },
	{ "aigenv verify --all --json", N_("every profile, for a script") },
	{ "aigenv verify --direct", N_("is it the gateway or the provider?") },
	{ "aigenv verify --watch 10",
		N_("wait for a new token to become active") },
	{ "aigenv verify --model mimo-v2.5-pro", N_("does this model work?") },
	{ "aigenv verify --api-token env:CLOUDFLARE_API_TOKEN",
		N_("unknown account, or unknown gateway?") },
	{ NULL, NULL },
};

const struct command command_verify = {
	.name = "verify",
	.summary = N_("make the test call and name the one cause of a refusal"),
	.description = N_(
		"Makes a real, tiny chat completion through each route, with "
		"exactly the variables that would be rendered. A refusal is "
		"diagnosed, by at most five further calls where needed, down "
		"to one cause and what to do about it; where the answers do "
		"not tell two causes apart, both are named, and what would "
		"tell. `aigenv help diagnoses` lists them all.\n\n"
		"Keys go only to the profile's own gateway (with --direct to "
		"its direct_url, without the gateway token; where a route has "
		"a direct_url, a refused key is tried there, too); redirects "
		"are not followed. api.cloudflare.com is asked only with "
		"--api-token.\n\n"
		"For a provider without a chat call (speech, images, requests "
		"that the client signs) the token is proven, and the key is "
		"not."),
	.options = options,
	.values_size = sizeof(struct values),
	.examples = examples,
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_LOCKED_OUT, STATUS_REFUSED, STATUS_UNREACHABLE,
		STATUS_IO, STATUS_OK },
	.needs = NEEDS_VAULT,
	.run = run,
};

struct run {
	struct invocation *call;
	const struct values *values;
	struct verify_options options;
	struct proof_watch watch;
	struct verify_scope scope;
	uint64_t found; /* when it was last reported */
};

/* A number for what was found, to tell whether anything has changed. */
static uint64_t digest(const struct verify_results *results)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < results->count; i++)
		sum = sum * 31 + (uint64_t)results->items[i].diagnosis + 1;
	return sum;
}

/* While watching, what has not changed is not told again. */
static void report(struct run *run, const struct verify_results *results)
{
	struct output *output = run->call->output;
	json_t *list = json_new_list();
	uint64_t found = digest(results);

	for (size_t i = 0; i < results->count; i++) {
		if (found != run->found)
			report_verify_result(output, &results->items[i], true);
		if (output->json)
			json_push(list, verify_result_json(&results->items[i]));
	}
	run->found = found;
	output_json(output, json_build("{results:%o}", list));
	output_flush(output);
}

static enum status call_once(struct run *run, struct error *err)
{
	SCOPED(verify_results) struct verify_results results = { 0 };

	if (!verify_scope_call(
		    &run->scope, &run->options, &run->watch, &results, err))
		return err->status;
	report_complete_advice(run->call->output, &results);
	report(run, &results);
	return verify_scope_conclude(&run->scope, &results, err);
}

/* Until every route works, or no repetition can help. */
static enum status call_until_right(struct run *run, struct error *err)
{
	struct output *output = run->call->output;
	int64_t seconds = run->values->watch;

	for (unsigned round = 1;; round++) {
		enum status status = call_once(run, err);

		if (!verify_may_recover(status))
			return status;
		*err = (struct error){ 0 };
		output_keep(output);
		if (round == 1)
			output_note(output,
				_("again every %lld s, with the same values; "
				  "Ctrl-C ends it\n"),
				(long long)seconds);
		else
			output_progress(output, _("%u calls so far"), round);
		output_flush(output);
		clock_sleep_ms(seconds * 1000);
	}
}

static void add_command(void *context, const char *profile, const char *route,
	struct slice command)
{
	json_push(context,
		json_build("{profile:%s, route:%s, curl:%t}", profile, route,
			command.at, command.size));
}

static enum status print_curl(struct run *run, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(CURL_LIMIT);
	JSON_SCOPED json_t *list = json_new_list();

	if (!verify_scope_curl(
		    &run->scope, &run->options, &text, add_command, list, err))
		return err->status;
	output_marked(run->call->output, &text);
	output_json(run->call->output, json_build("{commands:%O}", list));
	output_note(run->call->output,
		_("# the variables are in this shell after `aigenv run -- "
		  "\"$SHELL\"`; never add -L: curl would take "
		  "cf-aig-authorization to another host\n"));
	return STATUS_OK;
}

static bool check_usage(const struct values *values, struct error *err)
{
	if (values->curl && values->watch > 0)
		return error_tell(err, STATUS_USAGE,
			_("--curl makes no call: there is nothing to --watch"),
			_("give one of them"));
	return true;
}

/* Without --api-token none is looked for: that API is not asked unasked. */
static bool read_api_token(struct run *run, struct session *session,
	struct secret *token, struct error *err)
{
	const char *source = run->values->api_token;

	run->options.api_token = source ? token : NULL;
	return !source || api_token_find(source, session, token, err);
}

static enum status run_opened(struct run *run, struct session *session,
	struct secret *api_token, struct error *err)
{
	const struct values *values = run->values;

	if (!session_load(session, SESSION_READ, err) ||
		(!values->all && !session_choose(session, err)) ||
		!read_api_token(run, session, api_token, err) ||
		!verify_scope_open(
			&run->scope, session, values->all, &run->options, err))
		return err->status;
	if (values->curl)
		return print_curl(run, err);
	return values->watch > 0 ? call_until_right(run, err)
				 : call_once(run, err);
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(secret) struct secret api_token = { 0 };
	struct run run = { .call = call, .values = values };
	enum status status;

	if (!check_usage(values, err))
		return err->status;
	run.options = (struct verify_options){
		.direct = values->direct,
		.stream = values->stream,
		.explain = values->explain,
		.timeout_ms = values->timeout * 1000,
		.model = values->model,
		.route = values->route,
	};
	run.watch = (struct proof_watch){
		.observer = &session.options.observer,
		.last_words = _("Stopped: a test call changes nothing, so "
				"everything is as it was."),
	};
	status = run_opened(&run, &session, &api_token, err);
	verify_scope_release(&run.scope);
	return status;
}
