/* SPDX-License-Identifier: MIT */
#include "commands/topics.h"

#include <stddef.h>

static const char variables[] =
	"What a profile puts into its outputs, and into the environment of "
	"aigenv run.\n"
	"\n"
	"  CF_AIG_BASE_URL          base URL of the first route\n"
	"  CF_AIG_BASE_URL_<ROUTE>  of each further route\n"
	"  CF_AIG_TOKEN             the gateway token\n"
	"  <PROVIDER>_API_KEY       each route's provider key\n"
	"  <PREFIX>_MODEL           the model, where the route asks for it\n"
	"\n"
	"and every other variable (vars) and secret of the profile.\n"
	"\n"
	"Both keys go out with a call: Authorization: Bearer <provider key> "
	"and cf-aig-authorization: Bearer <gateway token>. Neither replaces "
	"the other. A route whose credential is stored (the key is kept at "
	"Cloudflare) or unified (Cloudflare's billing) has no key variable; "
	"the app must then send no Authorization header at all.\n"
	"\n"
	"An app goes through the gateway when both CF_AIG_BASE_URL and "
	"CF_AIG_TOKEN are set, and directly to the provider when they are "
	"not. With only one of them it would go direct in silence: aigenv "
	"never renders that. README.md has three lines by which the app itself "
	"refuses to start so.";

static const char restart[] =
	"PM2 keeps the environment that a process was started with. Which "
	"command brings in the new one depends on where the app gets it from; "
	"aigenv apply prints the right one on the last line of stdout.\n"
	"\n"
	"From the rendered ecosystem file, which reads .env at every start:\n"
	"  pm2 restart ecosystem.config.cjs --only NAME --update-env\n"
	"\n"
	"From a shell, or from a .env that PM2's stored copy shadows:\n"
	"  aigenv run -- pm2 restart NAME --update-env\n"
	"\n"
	"From aigenv run as the app's own launcher:\n"
	"  pm2 restart NAME --update-env\n"
	"\n"
	"pm2 restart NAME --update-env alone brings in the variables of the "
	"calling shell, not those of a file; without --update-env the old "
	"values stay. pm2 save afterwards, or the old values come back at the "
	"next boot. PM2 never forgets a variable that was removed: delete the "
	"process and start it again.";

static const char exit_codes[] =
	"A script can rely on these numbers. aigenv run ends as its program "
	"does.";

static const char templates[] =
	"A template is a text with tags in double braces. A tag stands for a "
	"whole value, quotes included, in the form that the output needs:\n"
	"\n"
	"  KEY={{KEY}}          in an env file\n"
	"  key: {{KEY}},        in JavaScript\n"
	"\n"
	"Names in scope: each variable; variables[] with name, value and "
	"secret; profile; pm2.*; routes[]. An unknown name is an error with "
	"line and column. A profile's own template is a ./path inside the "
	"vault's folder; its extension says how values are written (env, js, "
	"json, yaml, sh, html). It sees every secret, so after an edit it is "
	"refused until you run aigenv seal.";

static const char environment[] =
	"Variables that aigenv reads.\n"
	"\n"
	"  AIGENV_FILE             the vault, as -f\n"
	"  AIGENV_PROFILE          the profile, as -p\n"
	"  AIGENV_IDENTITY         path of the identity file\n"
	"  AIGENV_PASSPHRASE_FILE  file with the identity's passphrase\n"
	"  AIGENV_TRUST            whom to believe at first contact\n"
	"  XDG_CONFIG_HOME         where the identity is\n"
	"  XDG_STATE_HOME          what this machine remembers\n"
	"  NO_COLOR                plain text\n"
	"  HTTPS_PROXY, NO_PROXY   the way to the gateway\n"
	"  SSL_CERT_FILE           the authorities to believe\n"
	"  CURL_CA_BUNDLE          the same\n"
	"\n"
	"An option is stronger than a variable.";

static const char files[] =
	"aigenv.json, the vault: settings in plain text, secrets encrypted. "
	"Made to be committed to git. It is found by walking up from the "
	"current folder.\n"
	"\n"
	"identity.txt in ~/.config/aigenv: this machine's private key, an age "
	"identity file. Keep a copy; never commit it.\n"
	"\n"
	".env, ecosystem.config.cjs and what else a profile has as outputs: "
	"rendered, mode 0600. Lines of a .env that aigenv does not manage stay "
	"as they are.\n"
	"\n"
	"~/.local/state/aigenv: what this machine has seen of each vault, so "
	"that an older copy is noticed.";

static const char sources[] =
	"A secret's value never stands on the command line, where ps and the "
	"shell's history would show it. SOURCE says where it comes from:\n"
	"\n"
	"  -        stdin\n"
	"  @FILE    a file\n"
	"  env:VAR  a variable of the environment\n"
	"  fd:N     an open file descriptor\n"
	"\n"
	"One final newline is dropped, but not from env:VAR.";

const struct topic topics[] = {
	/* clang-format off */
	{ "variables", "what a profile renders", variables },
	{ "restart", "how PM2 takes in new values", restart },
	{ "exit-codes", "what each exit status means", exit_codes },
	{ "templates", "how outputs are written", templates },
	{ "files", "which files there are, and whose", files },
	{ "environment", "which variables aigenv reads", environment },
	{ "sources", "where a secret's value comes from", sources },
	{ NULL, NULL, NULL },
	/* clang-format on */
};
