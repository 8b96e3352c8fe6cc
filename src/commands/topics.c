/* SPDX-License-Identifier: MIT */
#include "commands/topics.h"

#include "envfile/envfile.h"
#include "gateway/gateway.h"

#include <stddef.h>

static const char variables[] =
	"What a profile puts into its outputs, and into the environment of "
	"aigenv run.\n"
	"\n"
	"  CF_AIG_BASE_URL          base URL of the first route\n"
	"  CF_AIG_BASE_URL_<ROUTE>  of each further route\n"
	"  CF_AIG_TOKEN             the gateway token\n"
	"  <PROVIDER>_API_KEY       each route's provider key\n"
	"  <PREFIX>_MODEL           the model, where it is asked for\n"
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

static const char diagnoses[] =
	"aigenv verify, apply and init make a test call and bring a refusal "
	"down to one of these, with the evidence, and what to do. Where the "
	"answers do not tell two of them apart, both are named, and the "
	"command that would tell.\n"
	"\n"
#define X(constant, word, status, summary) "  " word "\n      " summary "\n"
	DIAGNOSES(X)
#undef X
		"\n"
		"At most five further calls are made for a route; aigenv "
		"verify "
		"--explain shows each, and what was concluded from it. "
		"api.cloudflare.com is asked only with --api-token.";

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
	"  AIGENV_PASSPHRASE_FILE  file with its passphrase\n"
	"  AIGENV_TRUST            whom to believe at first contact\n"
	"  XDG_CONFIG_HOME         where the identity is\n"
	"  XDG_STATE_HOME          what this machine remembers\n"
	"  NO_COLOR                plain text\n"
	"  HTTPS_PROXY, NO_PROXY   the way to the gateway\n"
	"  SSL_CERT_FILE           the authorities to believe\n"
	"  CURL_CA_BUNDLE          the same\n"
	"  AIGENV_API_ORIGIN       a stand-in for Cloudflare's API\n"
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

static const char answers[] =
	"aigenv init --answers FILE takes all answers as JSON (- is stdin):\n"
	"\n"
	"  {\n"
	"    \"profile\": \"production\",\n"
	"    \"account_id\": \"0123456789abcdef0123456789abcdef\",\n"
	"    \"gateway\": \"my-gateway\",\n"
	"    \"routes\": [{\n"
	"      \"provider\": \"custom-xiaomi\",\n"
	"      \"model\": \"mimo-v2-flash\"\n"
	"    }],\n"
	"    \"pm2\": { \"app\": \"api\" },\n"
	"    \"vars\": { \"LOG_LEVEL\": \"info\" },\n"
	"    \"secrets\": {\n"
	"      \"CF_AIG_TOKEN\": \"...\",\n"
	"      \"MIMO_API_KEY\": \"...\"\n"
	"    }\n"
	"  }\n"
	"\n"
	"Every other setting may stand there too (aigenv help settings). What "
	"is left out has its default, or, when init edits a profile, today's "
	"value; lists replace the present ones as a whole. Keep such a file "
	"out of git: it has the keys in plain text.";

static const char settings[] =
	"A profile's plain settings, as aigenv config names them. What is not "
	"set has its default.\n"
	"\n"
	"  account_id               32 characters 0-9 a-f\n"
	"  gateway                  the gateway's name\n"
	"  origin                   another than Cloudflare's\n"
	"  custom_domain            a hostname of your own\n"
	"  routes.NAME.provider     openai, custom-xiaomi, ...\n"
	"  routes.NAME.model        a model of that provider\n"
	"  routes.NAME.path         after the provider, as /v1\n"
	"  routes.NAME.key_env      variable of the provider key\n"
	"  routes.NAME.model_env    variable of the model\n"
	"  routes.NAME.direct_url   the provider without gateway\n"
	"  routes.NAME.credential   header, stored or unified\n"
	"  routes.NAME.alias        of a stored key\n"
	"  pm2.app                  the app's name in PM2\n"
	"  pm2.script               what PM2 starts\n"
	"  pm2.instances            a number, or max\n"
	"  pm2.env                  name given to pm2 --env\n"
	"  pm2.ecosystem            the file to restart with\n"
	"  outputs.N.template       env, ecosystem, or ./FILE\n"
	"  outputs.N.path           where it is written\n"
	"  outputs.N.readers        who reads it: help readers\n"
	"  readers                  who reads all outputs\n"
	"  max_age_days             age of a secret to warn at\n"
	"  vars.NAME                a plain variable\n"
	"  x-...                    a note of your own\n"
	"\n"
	"NAME is a route's name, N an output's place, counted from 0. The "
	"first route is CF_AIG_BASE_URL. They can be edited by hand in "
	"aigenv.json too; aigenv seal then shows the change and accepts it.";

static const char reader_names[] =
	"Programs read .env files in different ways: what # means, which "
	"quotes there are, whether $ expands. aigenv spells each value so that "
	"the common readers agree; where that cannot be, it names the reader "
	"that will differ. Say which ones read your files, and a difference "
	"among them becomes an error:\n"
	"\n"
	"  aigenv config set readers=dotenv,compose\n"
	"\n"
	"Their names:\n"
	"\n"
#define X(constant, name) "  " name "\n"
	READERS(X)
#undef X
		"\n"
		"docker and podman take every character after = as it is, "
		"quotes too: "
		"they want an output of their own (outputs.N.readers=docker).";

static const char json[] =
	"With --json every command prints one JSON document on stdout; notes "
	"and errors stay on stderr. Fields are kept; new ones may come. A "
	"command that fails without a result prints\n"
	"\n"
	"  {\"error\": {exit_code, what, where, next}}\n"
	"\n"
	"Results by command:\n"
	"\n"
	"  apply, init     {profile, outputs[], verify, restart}\n"
	"  verify          {results[]}\n"
	"  verify --curl   {commands[{profile, route, curl}]}\n"
	"  render          {profile, template, path, text or out}\n"
	"  template render {text}\n"
	"  config get      {profile, settings} or {key, value}\n"
	"  config set      {profile, changed}\n"
	"  config unset    {profile, changed}\n"
	"  secret list     {profile, secrets[]}\n"
	"  secret set      {profile, name, changed}\n"
	"  secret reveal   {profile, name, value}\n"
	"  secret remove   {profile, name}\n"
	"  profile list    {profiles[{profile, gateway, routes[]}]}\n"
	"  profile show    {profile, generation, account_id,\n"
	"                   gateway, pm2_app, routes[], outputs[],\n"
	"                   vars, secrets[], recipients[]}\n"
	"  profile copy    {from, profile}\n"
	"  profile remove  {removed}\n"
	"  seal            {profile, generation, sealed,\n"
	"                   changes[{key, before, after}]}\n"
	"  key new, show   {path, token, age, fingerprint}\n"
	"  providers list  {providers[]}\n"
	"  help            {commands[], options[]}\n"
	"  version         {version, ...}\n"
	"\n"
	"run prints what its program prints, and age its bytes.";

const struct topic topics[] = {
	/* clang-format off */
	{ "answers", "init's answers as JSON", answers },
	{ "settings", "what a profile can be told", settings },
	{ "readers", "who reads .env files, and how to say so", reader_names },
	{ "json", "what --json prints", json },
	{ "variables", "what a profile renders", variables },
	{ "diagnoses", "what a test call can find", diagnoses },
	{ "restart", "how PM2 takes in new values", restart },
	{ "exit-codes", "what each exit status means", exit_codes },
	{ "templates", "how outputs are written", templates },
	{ "files", "which files there are, and whose", files },
	{ "environment", "which variables aigenv reads", environment },
	{ "sources", "where a secret's value comes from", sources },
	{ NULL, NULL, NULL },
	/* clang-format on */
};
