/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <string.h>

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
