/* SPDX-License-Identifier: MIT */
/*
 * aig-emulator: options, then serve until SIGINT or SIGTERM.
 */
#include "base/buf.h"
#include "base/i18n.h"
#include "emulator/emulator.h"
#include "emulator/options.h"
#include "emulator/server.h"
#include "os/hardening.h"

#include <signal.h>
#include <stdio.h>

#define HELP_LIMIT 65536

static int complain(const struct error *err)
{
	fprintf(stderr, "aig-emulator: %s\n", err->what);
	if (*err->where)
		fprintf(stderr, "  at: %s\n", err->where);
	if (*err->next)
		fprintf(stderr, "  next: %s\n", err->next);
	return (int)err->status;
}

static int print(const struct buf *text)
{
	return fputs(buf_cstring(text), stdout) == EOF || fflush(stdout) == EOF
		? STATUS_IO
		: STATUS_OK;
}

static int fulfil(enum options_wish wish)
{
	SCOPED(buf) struct buf text = BUF(HELP_LIMIT);

	if (wish == WISH_HELP)
		options_help(&text);
	else if (wish == WISH_FAULTS)
		options_faults(&text);
	else
		buf_printf(&text, "aig-emulator %s\n", AIGENV_VERSION);
	return print(&text);
}

/* Blocked before the server makes its threads, so that only main gets them. */
static void block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGHUP);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

static const char *scheme(const struct settings *settings)
{
	return settings->certificate ? "https" : "http";
}

/* The values that a newcomer needs. Demo keys only: given ones are not shown.
 */
static void show_demo(const struct settings *settings, uint16_t port)
{
	if (settings->quiet)
		return;
	fprintf(stderr, "an AI Gateway for tests, on this machine only\n");
	fprintf(stderr, "  account   %s\n", settings->account);
	JSON_EACH(gateway, settings->gateways)
		fprintf(stderr, "  gateway   %s\n",
			json_string_value(gateway.value));
	if (!settings->authentication)
		fprintf(stderr, "  token     none is asked for (--open)\n");
	else if (json_lists(settings->tokens, DEMO_TOKEN))
		fprintf(stderr, "  token     %s\n", DEMO_TOKEN);
	for (size_t i = 0; i < settings->provider_count; i++) {
		const struct provider_state *provider = &settings->providers[i];
		const char *key = provider->upstream->demo_key;

		if (key && !settings->providers_given)
			fprintf(stderr, "  provider  %-17s key %s\n",
				provider->segment, key);
	}
	if (json_lists(settings->api_tokens, DEMO_API_TOKEN))
		fprintf(stderr, "  REST API  token %s\n", DEMO_API_TOKEN);
	fprintf(stderr,
		"  base URL  %s://127.0.0.1:%u/v1/%s/%s/custom-xiaomi/v1\n",
		scheme(settings), port, settings->account,
		json_string_value(json_array_get(settings->gateways, 0)));
	fprintf(stderr, "Ctrl-C ends it.\n");
}

static int serve(struct emulator *emulator, struct error *err)
{
	struct server *server;
	sigset_t signals;
	int signal;

	if (!state_begin(emulator, err))
		return complain(err);
	settings_finish(&emulator->settings);
	block_signals(&signals);
	if (!server_start(emulator, &server, err))
		return complain(err);
	show_demo(&emulator->settings, server_port(server));
	if (printf("%s://127.0.0.1:%u\n", scheme(&emulator->settings),
		    server_port(server)) < 0 ||
		fflush(stdout) == EOF) {
		server_stop(server);
		error_tell(err, STATUS_IO,
			_("cannot write the origin to stdout"),
			_("open stdout, or redirect it to a file"));
		return complain(err);
	}
	sigwait(&signals, &signal);
	server_stop(server);
	return STATUS_OK;
}

int main(int argc, char **argv)
{
	struct emulator emulator;
	struct error err = { 0 };
	enum options_wish wish;
	int status;

	(void)argc;
	i18n_begin(AIGENV_LOCALE_DIR);
	if (!hardening_apply(&err))
		return complain(&err);
	emulator_init(&emulator);
	if (!options_parse(argv, &emulator.settings, &wish, &err))
		status = complain(&err);
	else if (wish == WISH_SERVE)
		status = serve(&emulator, &err);
	else
		status = fulfil(wish);
	emulator_release(&emulator);
	return status;
}
