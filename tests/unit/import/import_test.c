/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/text.h"

#include "../../support/shown_secrets.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"
#define ROOT "https://gateway.ai.cloudflare.com/v1/" ACCOUNT "/gw"

static struct imported imported_from(const char *text)
{
	struct envfile *document = NULL;
	struct imported imported = { .answers = NULL };
	struct error err = { .status = STATUS_OK };

	cr_assert(envfile_parse(text, strlen(text), &document, &err));
	import_env(document, &imported);
	envfile_free(document);
	return imported;
}

static void assert_answers(const char *text, const char *expected)
{
	struct imported imported = imported_from(text);
	show_secrets(imported.answers, &imported.secrets);
	char *got = json_dumps(imported.answers, JSON_COMPACT | JSON_SORT_KEYS);

	cr_assert_str_eq(got, expected);
	free(got);
	imported_release(&imported);
}

/* "took NAME", "left NAME", "missing NAME", in order. */
static void assert_notes(const char *text, const char *expected)
{
	static const char *const kinds[] = { [IMPORT_TOOK] = "took",
		[IMPORT_LEFT] = "left",
		[IMPORT_MISSING] = "missing" };
	struct imported imported = imported_from(text);
	SCOPED(buf) struct buf list = BUF(4096);

	for (size_t i = 0; i < imported.note_count; i++)
		buf_printf(&list, "%s %s\n", kinds[imported.notes[i].kind],
			imported.notes[i].name);
	cr_assert_str_eq(buf_cstring(&list), expected);
	imported_release(&imported);
}

Test(import, a_name_that_people_see_is_no_model)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/deepseek\n"
		     "CF_AIG_TOKEN=cfut_0123456789\n"
		     "DEEPSEEK_API_KEY=sk-abc\n"
		     "DEEPSEEK_MODEL=\"DeepSeek V3\"\n",
		"took CF_AIG_BASE_URL\ntook DEEPSEEK_API_KEY\n"
		"missing routes[0].model\ntook CF_AIG_TOKEN\n"
		"took DEEPSEEK_MODEL\n");
}

Test(import, a_model_of_something_else_is_none)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_TOKEN=cfut_0123456789\n"
		     "OPENAI_API_KEY=sk-proj-abc\n"
		     "CABINET_MODEL=oak-200\n"
		     "OPENAI_MODEL=latest\n",
		"took CF_AIG_BASE_URL\ntook OPENAI_API_KEY\n"
		"missing routes[0].model\ntook CF_AIG_TOKEN\n"
		"took CABINET_MODEL\ntook OPENAI_MODEL\n");
	/* Under a name of its own, and yet one that chats. */
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_TOKEN=cfut_0123456789\n"
		     "OPENAI_API_KEY=sk-proj-abc\n"
		     "CABINET_MODEL=gpt-9\n",
		"took CF_AIG_BASE_URL\ntook OPENAI_API_KEY\n"
		"took CABINET_MODEL\ntook CF_AIG_TOKEN\n");
}

Test(import, what_stands_with_the_gateways_root_is_the_routes)
{
	assert_answers("GATEWAY_BASE_URL=" ROOT "\n"
		       "GATEWAY_PROVIDER=openai\n"
		       "GATEWAY_MODEL=gpt-5-mini\n"
		       "PROVIDER_API_KEY=sk-proj-abc\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"key_env\":\"PROVIDER_API_KEY\",\"model\":"
		"\"gpt-5-mini\",\"model_env\":\"GATEWAY_MODEL\","
		"\"provider\":\"openai\"}],\"secrets\":{"
		"\"PROVIDER_API_KEY\":\"sk-proj-abc\"},\"vars\":{"
		"\"GATEWAY_BASE_URL\":\"" ROOT "\",\"GATEWAY_PROVIDER\":"
		"\"openai\"}}");
}

Test(import, a_whole_file_becomes_a_profile)
{
	assert_answers("CF_AIG_BASE_URL=" ROOT "/custom-xiaomi/v1\n"
		       "CF_AIG_TOKEN=cfut_0123456789\n"
		       "MIMO_API_KEY='sk-abc'\n"
		       "MIMO_MODEL=mimo-v2.5\n"
		       "PORT=3000\n"
		       "DATABASE_URL=postgres://u:p@db/x\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"model\":\"mimo-v2.5\",\"model_env\":"
		"\"MIMO_MODEL\",\"provider\":\"custom-xiaomi\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"cfut_0123456789\","
		"\"DATABASE_URL\":\"postgres://u:p@db/x\","
		"\"MIMO_API_KEY\":\"sk-abc\"},\"vars\":{\"PORT\":\"3000\"}}");
}

Test(import, further_base_urls_are_further_routes)
{
	assert_answers("CF_AIG_BASE_URL_DEEPSEEK=" ROOT "/deepseek\n"
		       "CF_AIG_BASE_URL=" ROOT "/openai\n"
		       "CF_AIG_BASE_URL_MY_CHAT=" ROOT "/custom-x/v2\n"
		       "OPENAI_API_KEY=a\nDEEPSEEK_API_KEY=b\nX_API_KEY=c\n"
		       "CF_AIG_TOKEN=d\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"},"
		"{\"provider\":\"deepseek\"},{\"name\":\"my-chat\","
		"\"path\":\"/v2\",\"provider\":\"custom-x\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"d\",\"DEEPSEEK_API_KEY\":"
		"\"b\",\"OPENAI_API_KEY\":\"a\",\"X_API_KEY\":\"c\"},"
		"\"vars\":{}}");
}

Test(import, a_missing_version_is_not_taken_over)
{
	assert_answers("CF_AIG_BASE_URL=" ROOT "/custom-xiaomi\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"custom-xiaomi\"}],"
		"\"secrets\":{},\"vars\":{}}");
}

Test(import, an_emulators_origin_and_other_names_are_found)
{
	assert_answers("OPENAI_BASE_URL=http://127.0.0.1:9/v1/" ACCOUNT
		       "/gw/openai/chat/completions\n"
		       "LLM_MODEL=gpt-5\nMY_API_KEY=k\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"origin\":\"http://127.0.0.1:9\","
		"\"routes\":[{\"key_env\":\"MY_API_KEY\",\"model\":\"gpt-5\","
		"\"model_env\":\"LLM_MODEL\",\"provider\":\"openai\"}],"
		"\"secrets\":{\"MY_API_KEY\":\"k\"},"
		"\"vars\":{\"OPENAI_BASE_URL\":\"http://127.0.0.1:9/v1/" ACCOUNT
		"/gw/openai/chat/completions\"}}");
}

Test(import, a_file_without_a_gateway_names_its_provider_by_the_key)
{
	assert_answers("DEEPSEEK_API_KEY=sk-1\nCF_ACCOUNT_ID=" ACCOUNT "\n",
		"{\"account_id\":\"" ACCOUNT "\","
		"\"routes\":[{\"provider\":\"deepseek\"}],"
		"\"secrets\":{\"DEEPSEEK_API_KEY\":\"sk-1\"},"
		"\"vars\":{\"CF_ACCOUNT_ID\":\"" ACCOUNT "\"}}");
}

Test(import, says_what_is_missing)
{
	assert_notes("",
		"missing account_id\nmissing gateway\nmissing routes\n"
		"missing secrets.CF_AIG_TOKEN\n");
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\nCF_AIG_TOKEN=tok\n",
		"took CF_AIG_BASE_URL\nmissing secrets.OPENAI_API_KEY\n"
		"missing routes[0].model\ntook CF_AIG_TOKEN\n");
}

/* A reference or a placeholder in the address is no id. */
Test(import, what_an_address_leaves_open_is_missing)
{
	static const char notes[] =
		"missing account_id\nmissing gateway\ntook BASE_URL\n"
		"missing secrets.OPENAI_API_KEY\nmissing routes[0].model\n"
		"missing secrets.CF_AIG_TOKEN\n";
	SCOPED(buf) struct buf open = BUF(1000);

	buf_printf(&open, "%stook BASE_URL\n", notes);
	assert_notes("BASE_URL=https://gateway.ai.cloudflare.com/v1/"
		     "YOUR_ACCOUNT_ID/YOUR_GATEWAY_ID/openai\n",
		buf_cstring(&open));
	buf_clear(&open);
	buf_printf(&open, "%sleft BASE_URL\n", notes);
	assert_notes("BASE_URL=https://gateway.ai.cloudflare.com/v1/"
		     "${ID}/${NAME}/openai\n",
		buf_cstring(&open));
}

Test(import, leaves_what_it_would_change)
{
	assert_notes("A-B=1\nA=${B}\nCF_AIG_TOKEN=<TOKEN>\n"
		     "CF_AIG_BASE_URL=https://example.com\nMY_SECRET=\n"
		     "P=pa$1\nE=\nSAME_SITE=none\n",
		"left A-B\nleft CF_AIG_TOKEN\n"
		"missing account_id\nmissing gateway\n"
		"left CF_AIG_BASE_URL\nmissing routes\n"
		"missing secrets.CF_AIG_TOKEN\nleft A\nleft MY_SECRET\n"
		"took P\ntook E\ntook SAME_SITE\n");
}

Test(import, of_two_lines_the_last_counts)
{
	assert_answers("A=1\nA=2\n", "{\"secrets\":{},\"vars\":{\"A\":\"2\"}}");
}

Test(import, another_gateway_is_another_profile)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_BASE_URL_X=" ROOT "2/custom-x/v1\n"
		     "OPENAI_API_KEY=k\nOPENAI_MODEL=m\nCF_AIG_TOKEN=t\n",
		"took CF_AIG_BASE_URL\nleft CF_AIG_BASE_URL_X\n"
		"took OPENAI_API_KEY\ntook OPENAI_MODEL\ntook CF_AIG_TOKEN\n");
}

/* The provider is its address's, whatever the variable is called. */
Test(import, a_providers_own_address_is_a_route_and_is_named)
{
	assert_answers("OPENAI_BASE_URL=https://api.deepseek.com/v1\n"
		       "OPENAI_API_KEY=sk-1\nOPENAI_MODEL=deepseek-chat\n"
		       "TOKEN_URL=https://example.com/oauth\n",
		"{\"routes\":[{\"direct_url\":\"https://api.deepseek.com/v1\","
		"\"key_env\":\"OPENAI_API_KEY\",\"model\":\"deepseek-chat\","
		"\"model_env\":\"OPENAI_MODEL\",\"provider\":\"deepseek\"}],"
		"\"secrets\":{\"OPENAI_API_KEY\":\"sk-1\"},"
		"\"vars\":{\"TOKEN_URL\":\"https://example.com/oauth\"}}");
	assert_notes("OPENAI_BASE_URL=https://api.deepseek.com/v1\n"
		     "OPENAI_API_KEY=sk-1\nOPENAI_MODEL=m\n",
		"missing account_id\nmissing gateway\ntook OPENAI_API_KEY\n"
		"took OPENAI_BASE_URL\ntook OPENAI_MODEL\n"
		"missing secrets.CF_AIG_TOKEN\n");
}

/* ... and so is the key: one of a local server goes to nobody. */
Test(import, a_key_belongs_to_the_address_beside_it)
{
	assert_answers("CF_AIG_BASE_URL=" ROOT "/openai\n"
		       "OPENAI_BASE_URL=http://localhost:11434/v1\n"
		       "OPENAI_API_KEY=ollama-key\nDEEPSEEK_API_KEY=d\n"
		       "CF_AIG_TOKEN=t\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"t\",\"DEEPSEEK_API_KEY\":"
		"\"d\",\"OPENAI_API_KEY\":\"ollama-key\"},"
		"\"vars\":{\"OPENAI_BASE_URL\":"
		"\"http://localhost:11434/v1\"}}");
}

Test(import, a_key_of_another_provider_is_left)
{
	static const char text[] = "CF_AIG_BASE_URL=" ROOT "/anthropic\n"
				   "CF_AIG_TOKEN=t\nANTHROPIC_MODEL=m\n"
				   "ANTHROPIC_API_KEY=sk-proj-0123456789ab\n";

	assert_answers(text,
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"model\":\"m\",\"model_env\":"
		"\"ANTHROPIC_MODEL\",\"provider\":\"anthropic\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"t\"},\"vars\":{}}");
}

Test(import, the_same_providers_own_address_beside_the_gateways)
{
	assert_answers("CF_AIG_BASE_URL=" ROOT "/openai\nCF_AIG_TOKEN=t\n"
		       "OPENAI_BASE_URL=https://api.openai.com/v1\n"
		       "OPENAI_API_KEY=sk-1\nOPENAI_MODEL=m\n"
		       "ANTHROPIC_BASE_URL=" ROOT "/anthropic\n"
		       "DEEPSEEK_BASE_URL=" ROOT "/deepseek\n"
		       "DEEPSEEK_MODEL=d\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"direct_url\":\"https://api.openai.com/v1\","
		"\"model\":\"m\",\"model_env\":\"OPENAI_MODEL\","
		"\"provider\":\"openai\"},{\"model\":\"d\","
		"\"model_env\":\"DEEPSEEK_MODEL\",\"provider\":"
		"\"deepseek\"}],\"secrets\":{\"CF_AIG_TOKEN\":\"t\","
		"\"OPENAI_API_KEY\":\"sk-1\"},"
		"\"vars\":{\"ANTHROPIC_BASE_URL\":\"" ROOT "/anthropic\","
		"\"DEEPSEEK_BASE_URL\":\"" ROOT "/deepseek\"}}");
}

Test(import, other_tools_names_are_known)
{
	assert_answers("CLOUDFLARE_ACCOUNT_ID=" ACCOUNT "\n"
		       "CLOUDFLARE_GATEWAY_ID=gw\n"
		       "CLOUDFLARE_API_TOKEN=cfut_0123456789abc\n"
		       "USE_AI_GATEWAY=true\nPAYMENT_GATEWAY_TOKEN=p\n"
		       "DEEPSEEK_API_KEY=sk-1\nDEEPSEEK_MODEL=m\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"model\":\"m\",\"model_env\":"
		"\"DEEPSEEK_MODEL\",\"provider\":\"deepseek\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"cfut_0123456789abc\","
		"\"DEEPSEEK_API_KEY\":\"sk-1\","
		"\"PAYMENT_GATEWAY_TOKEN\":\"p\"},"
		"\"vars\":{\"CLOUDFLARE_ACCOUNT_ID\":\"" ACCOUNT "\","
		"\"CLOUDFLARE_GATEWAY_ID\":\"gw\","
		"\"USE_AI_GATEWAY\":\"true\"}}");
}

Test(import, a_gateways_address_may_be_put_together)
{
	assert_answers("CF_ACCOUNT_ID=" ACCOUNT "\nCF_GATEWAY_ID=gw\n"
		       "CF_AIG_BASE_URL=https://gateway.ai.cloudflare.com/v1/"
		       "${CF_ACCOUNT_ID}/$CF_GATEWAY_ID/compat\n"
		       "CF_AIG_MODEL=openai/gpt-5-mini\n"
		       "OPENAI_API_KEY=sk-1\nDEEPSEEK_API_KEY=sk-2\n"
		       "CF_AIG_TOKEN=t\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"key_env\":\"OPENAI_API_KEY\","
		"\"model\":\"openai/gpt-5-mini\",\"model_env\":"
		"\"CF_AIG_MODEL\",\"provider\":\"compat\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"t\",\"DEEPSEEK_API_KEY\":"
		"\"sk-2\",\"OPENAI_API_KEY\":\"sk-1\"},"
		"\"vars\":{\"CF_ACCOUNT_ID\":\"" ACCOUNT "\","
		"\"CF_GATEWAY_ID\":\"gw\"}}");
}

Test(import, lines_that_are_no_assignments_are_told)
{
	assert_notes("# comment\n\nPORT 3000\nA=1\nhello\n",
		"missing account_id\nmissing gateway\nmissing routes\n"
		"missing secrets.CF_AIG_TOKEN\ntook A\n"
		"left line 3\nleft line 5\n");
}

/* What a profile cannot hold stays what it is: a line of the file. */
Test(import, more_than_a_profile_holds_is_left)
{
	SCOPED(buf) struct buf text = BUF(1 << 20);

	for (int i = 0; i < 60000; i++)
		buf_printf(&text, "V%d=v%d\n", i, i);
	struct imported imported = imported_from(buf_cstring(&text));
	cr_assert_eq(
		json_object_size(json_object_get(imported.answers, "vars")),
		256);
	imported_release(&imported);
}

Test(import, no_note_has_a_value)
{
	struct imported imported = imported_from(
		"CF_AIG_BASE_URL=" ROOT "/openai\nCF_AIG_TOKEN=hunter2\n"
		"OPENAI_API_KEY=hunter2\nOPENAI_MODEL=hunter2\nA=hunter2\n"
		"B=${hunter2}\nC-D=hunter2\n"
		"CF_AIG_BASE_URL_Q=https://u:hunter2@h/?k=hunter2\n");

	for (size_t i = 0; i < imported.note_count; i++)
		cr_assert_null(strstr(imported.notes[i].text, "hunter2"), "%s",
			imported.notes[i].text);
	imported_release(&imported);
}

Test(import, an_address_with_its_key_is_a_route_under_any_name)
{
	assert_answers("OPENAI_BASE_URL=" ROOT "/openai\n"
		       "OPENAI_API_KEY=a\n"
		       "ANTHROPIC_BASE_URL=" ROOT "/anthropic\n"
		       "ANTHROPIC_API_KEY=b\n"
		       "CF_AIG_TOKEN=d\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"},"
		"{\"provider\":\"anthropic\"}],"
		"\"secrets\":{\"ANTHROPIC_API_KEY\":\"b\",\"CF_AIG_TOKEN\":"
		"\"d\",\"OPENAI_API_KEY\":\"a\"},"
		"\"vars\":{\"ANTHROPIC_BASE_URL\":\"" ROOT "/anthropic\","
		"\"OPENAI_BASE_URL\":\"" ROOT "/openai\"}}");
}

Test(import, a_key_is_known_by_its_form_under_a_name_of_ones_own)
{
	assert_notes("BOX_BASEURL=" ROOT "/openai\n"
		     "BOX_KEY_MAIN=sk-proj-0123456789abcdefghij\n"
		     "CF_AIG_TOKEN=d\n",
		"took BOX_BASEURL\ntook BOX_KEY_MAIN\nmissing "
		"routes[0].model\ntook CF_AIG_TOKEN\ntook BOX_BASEURL\n");
}

Test(import, a_token_is_known_by_its_form_beside_the_gateways_address)
{
	assert_notes("R2_API_TOKEN=cfut_0123456789abcdefghij\n"
		     "UP_BASE_URL=" ROOT "/openai\n"
		     "UP_API_TOKEN=cfut_abcdefghij0123456789\n"
		     "OPENAI_API_KEY=b\nOPENAI_MODEL=m\n",
		"took UP_BASE_URL\ntook OPENAI_API_KEY\ntook OPENAI_MODEL\n"
		"took UP_API_TOKEN\ntook R2_API_TOKEN\ntook UP_BASE_URL\n");
}

Test(import, azures_resource_and_deployment_may_stand_apart)
{
	assert_answers("AZURE_API_KEY=a\n"
		       "AZURE_OPENAI_API_INSTANCE_NAME=acme\n"
		       "AZURE_OPENAI_API_DEPLOYMENT_NAME=chat1\n"
		       "AZURE_OPENAI_BASEURL=" ROOT "/azure-openai/"
		       "${INSTANCE_NAME}/${DEPLOYMENT_NAME}\n"
		       "CF_AIG_TOKEN=t\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"key_env\":\"AZURE_API_KEY\","
		"\"model\":\"chat1\",\"model_env\":"
		"\"AZURE_OPENAI_API_DEPLOYMENT_NAME\","
		"\"path\":\"/acme/chat1\",\"provider\":\"azure-openai\"}],"
		"\"secrets\":{\"AZURE_API_KEY\":\"a\",\"CF_AIG_TOKEN\":"
		"\"t\"},\"vars\":{\"AZURE_OPENAI_API_INSTANCE_NAME\":"
		"\"acme\"}}");
}

Test(import, words_and_references_are_no_secrets)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_TOKEN=seu_token_com_permissao_run\n"
		     "OPENAI_API_KEY=op://Dev/OpenAI/key\n"
		     "OPENAI_MODEL=m\n",
		"left CF_AIG_TOKEN\nleft OPENAI_API_KEY\ntook "
		"CF_AIG_BASE_URL\nmissing secrets.OPENAI_API_KEY\ntook "
		"OPENAI_MODEL\nmissing secrets.CF_AIG_TOKEN\n");
}

Test(import, of_a_list_of_addresses_the_first_counts)
{
	assert_answers("OPENAI_API_BASE_URLS=" ROOT "/openai;" ROOT
		       "/custom-xiaomi/v1\n"
		       "OPENAI_API_KEYS=sk-proj-1;sk-2\nCF_AIG_TOKEN=t\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"t\",\"OPENAI_API_KEYS\":"
		"\"sk-proj-1;sk-2\"},\"vars\":{\"OPENAI_API_BASE_URLS\":"
		"\"" ROOT "/openai;" ROOT "/custom-xiaomi/v1\"}}");
}

Test(import, a_key_of_another_provider_is_not_this_ones)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/deepseek\n"
		     "DEEPSEEK_API_KEY=sk-ant-0123456789\n"
		     "CF_AIG_TOKEN=t\n",
		"took CF_AIG_BASE_URL\nleft DEEPSEEK_API_KEY\n"
		"missing secrets.DEEPSEEK_API_KEY\n"
		"missing routes[0].model\ntook CF_AIG_TOKEN\n");
}

Test(import, the_gateways_token_is_no_key)
{
	assert_notes("AI_API_URL=" ROOT "/compat/chat/completions\n"
		     "AI_API_KEY=cfut_0123456789abcdefghijklmnopqrstuvwxyz\n"
		     "AI_MODEL=workers-ai/@cf/acme/small\n",
		"took AI_API_URL\nmissing secrets.COMPAT_API_KEY\ntook "
		"AI_MODEL\ntook AI_API_KEY\ntook AI_API_URL\n");
}

/* Names and forms of other tools, seen in public files. */
Test(import, a_header_in_a_variable_is_the_token_in_it)
{
	const char *const headers[] = {
		"CUSTOM_HEADERS=\"cf-aig-authorization: Bearer "
		"cfut_0123456789\"",
		"CF_AIG_AUTHORIZATION=\"Bearer cfut_0123456789\"",
		"CUSTOM_HEADERS=\"cf-aig-skip-cache: "
		"true\ncf-aig-authorization: Bearer cfut_0123456789\"",
	};

	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		SCOPED(buf) struct buf text = BUF(1024);

		buf_printf(&text,
			"ANTHROPIC_BASE_URL=" ROOT "/anthropic\n"
			"ANTHROPIC_API_KEY=sk-ant-1\n%s\n",
			headers[i]);
		struct imported imported = imported_from(buf_cstring(&text));
		show_secrets(imported.answers, &imported.secrets);
		cr_expect_str_eq(
			json_text(json_object_get(imported.answers, "secrets"),
				"CF_AIG_TOKEN"),
			"cfut_0123456789", "%s", headers[i]);
		imported_release(&imported);
	}
}

Test(import, a_models_default_is_the_model)
{
	assert_answers("CF_AIG_BASE_URL=" ROOT "/openrouter\n"
		       "OPENROUTER_API_KEY=sk-or-1\n"
		       "OPENROUTER_MODEL_DEFAULT=acme/chat-1\n"
		       "CF_AIG_TOKEN=cfut_0123456789\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"model\":\"acme/chat-1\",\"model_env\":"
		"\"OPENROUTER_MODEL_DEFAULT\",\"provider\":\"openrouter\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"cfut_0123456789\","
		"\"OPENROUTER_API_KEY\":\"sk-or-1\"},\"vars\":{}}");
}

/* AIDER_MODEL stays as aider wants it. */
Test(import, a_tools_prefix_is_no_part_of_the_model)
{
	assert_answers("AIDER_OPENAI_API_BASE=" ROOT "/deepseek\n"
		       "AIDER_OPENAI_API_KEY=sk-abc\n"
		       "AIDER_MODEL=openai/deepseek-chat\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"key_env\":\"AIDER_OPENAI_API_KEY\",\"model\":"
		"\"deepseek-chat\",\"provider\":\"deepseek\"}],"
		"\"secrets\":{\"AIDER_OPENAI_API_KEY\":\"sk-abc\"},"
		"\"vars\":{\"AIDER_MODEL\":\"openai/deepseek-chat\","
		"\"AIDER_OPENAI_API_BASE\":\"" ROOT "/deepseek\"}}");
}

Test(import, the_token_of_a_gateway_that_is_not_cloudflares_stays_its_own)
{
	assert_answers("AI_GATEWAY_URL=http://ai-gateway:8080\n"
		       "AI_GATEWAY_TOKEN=local-service-token-x1\n",
		"{\"secrets\":{\"AI_GATEWAY_TOKEN\":\"local-service-token-x1\"}"
		","
		"\"vars\":{\"AI_GATEWAY_URL\":\"http://ai-gateway:8080\"}}");
}

Test(import, the_first_of_numbered_names_counts)
{
	assert_answers("CF_AI_GATEWAY_URL_1=" ROOT "/openai\n"
		       "CF_AI_GATEWAY_TOKEN_1=cfut_0123456789\n"
		       "OPENAI_API_KEY=sk-abc\nOPENAI_MODEL=gpt-5\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"model\":\"gpt-5\",\"model_env\":"
		"\"OPENAI_MODEL\",\"provider\":\"openai\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"cfut_0123456789\","
		"\"OPENAI_API_KEY\":\"sk-abc\"},\"vars\":{"
		"\"CF_AI_GATEWAY_URL_1\":\"" ROOT "/openai\"}}");
}

Test(import, a_provider_is_known_by_the_variable_that_names_it)
{
	assert_answers("CF_AIG_URL=" ROOT "\n"
		       "CF_AIG_TOKEN=cfut_0123456789\n"
		       "OPENAI_API_KEY=sk-abc\n"
		       "ANTHROPIC_API_KEY=sk-ant-abc\n"
		       "LLM_PROVIDER=anthropic\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"anthropic\"}],\"secrets\":{"
		"\"ANTHROPIC_API_KEY\":\"sk-ant-abc\","
		"\"CF_AIG_TOKEN\":\"cfut_0123456789\","
		"\"OPENAI_API_KEY\":\"sk-abc\"},\"vars\":{"
		"\"CF_AIG_URL\":\"" ROOT "\",\"LLM_PROVIDER\":\"anthropic\"}}");
}

Test(import, an_account_in_capitals_is_taken_and_one_that_is_short_is_told)
{
	struct imported imported = imported_from(
		"CF_ACCOUNT_ID=0123456789abcdef0123456789abcde\n");
	bool told = false;

	for (size_t i = 0; i < imported.note_count; i++)
		told = told ||
			strstr(imported.notes[i].text,
				"CF_ACCOUNT_ID: the account ID has 31 "
				"characters");
	cr_assert(told);
	imported_release(&imported);
	assert_answers("CF_ACCOUNT_ID=0123456789ABCDEF0123456789ABCDEF\n",
		"{\"account_id\":\"" ACCOUNT "\",\"secrets\":{},\"vars\":{"
		"\"CF_ACCOUNT_ID\":\"0123456789ABCDEF0123456789ABCDEF\"}}");
}

Test(import, a_random_token_of_a_gateway_of_ones_own_stays_its_own)
{
	assert_answers("CF_AIG_URL=" ROOT "/anthropic\n"
		       "GATEWAY_TOKEN=7c1f0b9a7c1f0b9a7c1f0b9a7c1f0b9a\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"anthropic\"}],\"secrets\":{"
		"\"GATEWAY_TOKEN\":\"7c1f0b9a7c1f0b9a7c1f0b9a7c1f0b9a\"},"
		"\"vars\":{\"CF_AIG_URL\":\"" ROOT "/anthropic\"}}");
}

/* A token in JSON is the token, and no plain variable. */
Test(import, headers_as_json_are_secret)
{
	assert_answers("A_BASE_URL=" ROOT "/openai\n"
		       "A_HEADERS={\"cf-aig-authorization\":\"Bearer "
		       "cfut_0123456789abcdef\"}\n"
		       "B_HEADERS={\"x-api-key\":\"0123456789abcdef\"}\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"}],"
		"\"secrets\":{\"B_HEADERS\":"
		"\"{\\\"x-api-key\\\":\\\"0123456789abcdef\\\"}\","
		"\"CF_AIG_TOKEN\":\"cfut_0123456789abcdef\"},"
		"\"vars\":{\"A_BASE_URL\":\"" ROOT "/openai\"}}");
}

Test(import, a_domain_of_ones_own_is_a_gateways_where_its_name_says_so)
{
	assert_answers("AI_GATEWAY_URL=https://llm.acme.dev/custom-xiaomi/v1\n"
		       "AI_GATEWAY_TOKEN=cfut_0123456789\n"
		       "MIMO_API_KEY=tp-0123456789\n",
		"{\"custom_domain\":\"https://llm.acme.dev\",\"routes\":[{"
		"\"provider\":\"custom-xiaomi\"}],\"secrets\":{"
		"\"CF_AIG_TOKEN\":\"cfut_0123456789\","
		"\"MIMO_API_KEY\":\"tp-0123456789\"},\"vars\":{"
		"\"AI_GATEWAY_URL\":"
		"\"https://llm.acme.dev/custom-xiaomi/v1\"}}");
}

Test(import, a_gateway_may_be_called_todo_and_an_account_acct)
{
	assert_answers("CF_ACCT=" ACCOUNT "\nCF_GATEWAY_ID=todo\n"
		       "CF_AIG_TOKEN=TODO\nDEEPSEEK_KEY=sk-abc\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"todo\","
		"\"routes\":[{\"key_env\":\"DEEPSEEK_KEY\",\"provider\":"
		"\"deepseek\"}],\"secrets\":{\"DEEPSEEK_KEY\":\"sk-abc\"},"
		"\"vars\":{\"CF_ACCT\":\"" ACCOUNT "\","
		"\"CF_GATEWAY_ID\":\"todo\"}}");
}

Test(import, json_of_several_lines_is_no_placeholder)
{
	assert_notes("GOOGLE_CREDENTIALS='{\n  \"type\": \"service\",\n"
		     "  \"private_key\": \"x\"\n}'\n"
		     "CF_AIG_TOKEN=vault:secret/data/aig#token\n"
		     "OPENAI_API_KEY=encrypted:BDqDBibm4wsYqMpCjTQ6Bsx\n",
		"left CF_AIG_TOKEN\nleft OPENAI_API_KEY\n"
		"missing account_id\nmissing gateway\nmissing routes\n"
		"missing secrets.CF_AIG_TOKEN\ntook GOOGLE_CREDENTIALS\n");
}

Test(import, a_mask_and_a_word_are_no_secret)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_TOKEN=REDACTED\nOPENAI_API_KEY=dummy\n"
		     "OPENAI_MODEL=m\n",
		"left CF_AIG_TOKEN\nleft OPENAI_API_KEY\ntook "
		"CF_AIG_BASE_URL\nmissing secrets.OPENAI_API_KEY\ntook "
		"OPENAI_MODEL\nmissing secrets.CF_AIG_TOKEN\n");
}
