/* SPDX-License-Identifier: MIT */
#include "look.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(leaks_history, .init = enter, .fini = leave, .timeout = 60);

/* What a commit has is told with it; what none has yet by the index. */
Test(leaks_history, names_of_history_and_of_the_index)
{
	start_repository();
	run("touch " TOKEN "; git add .; git commit -qm one;"
	    "touch n" TOKEN "; git add .");
	cr_expect_str_eq(look(find_history),
		"named 1 " TOKEN ":0:0 +0 since\nnamed 1 n" TOKEN ":0:0 +0\n");
}

/* What it says there is not why it failed. */
Test(leaks_history, where_git_is_told_to_trace)
{
	start_repository();
	run("echo " KEY " >f; git add f; git commit -qm one");
	cr_assert_eq(setenv("GIT_TRACE", "1", 1), 0);
	cr_assert_eq(setenv("GIT_TRACE2", "1", 1), 0);
	cr_expect_str_eq(look(find_history), "committed 2 f:0:0 +0 since\n");
	cr_expect(was_whole);
	cr_assert_eq(unsetenv("GIT_TRACE"), 0);
	cr_assert_eq(unsetenv("GIT_TRACE2"), 0);
}

Test(leaks_history, history_stashes_and_what_no_commit_has)
{
	start_repository();
	run("echo x >y; git add .; git commit -qm one;"
	    "echo 'a " TOKEN "' >a.js; git add .; git commit -qm two;"
	    "echo 'b " TOKEN "' >a.js; git commit -qam three;"
	    "git rm -q a.js; git commit -qm four;"
	    "echo " KEY " >y; git stash -q;"
	    "echo '" KEY " loose' | git hash-object -w --stdin >id;"
	    "git commit -q --allow-empty -m 'with " TOKEN "'");
	const char *all = look(find_history);
	cr_expect(strstr(all, "committed 1 a.js:0:0 +1 since"), "%s", all);
	cr_expect(strstr(all, "committed 2 y:0:0 +"), "%s", all);
	cr_expect(strstr(all, "loose 2 -:0:0 +0\n"), "%s", all);
	cr_expect(strstr(all, "message 1 -:0:0 +0 since\n"), "%s", all);
}

Test(leaks_history, a_broken_object_is_passed_over)
{
	start_repository();
	run("for i in 1 2 3 4 5 6 7 8; do echo \"$i " KEY "\" >f$i; done;"
	    "git add .; git commit -qm one;"
	    "o=$(git hash-object f3); f=.git/objects/$(echo $o |"
	    " sed 's|^..|&/|'); chmod u+w $f; echo garbage >$f");
	const char *all = look(find_history);
	size_t count = 0;
	for (const char *at = all; (at = strstr(at, "committed")); at++)
		count++;
	cr_expect_eq(count, 7, "%s", all);
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
}

/* The object that a revision names, gone or damaged. */
#define OBJECT(revision)                                                       \
	"o=$(git rev-parse " revision "); f=.git/objects/$(echo $o |"          \
	" sed 's|^..|&/|'); chmod u+w $f; "

/* Whether a commit has a blob, nobody knows then. */
Test(leaks_history, what_is_behind_a_broken_tree_or_commit_is_not_called_loose)
{
	static const char *const damages[] = {
		OBJECT("HEAD~1^{tree}") "rm $f",
		OBJECT("HEAD~1^{tree}") "echo garbage >$f",
		OBJECT("HEAD~1") "rm $f",
		OBJECT("HEAD~1") "echo garbage >$f",
		OBJECT("HEAD~1:d") "echo garbage >$f",
		OBJECT("HEAD~1:d") ": >$f",
		"rm -r .git/logs; echo garbage >.git/refs/heads/main",
		"rm -r .git/logs; rm .git/index;"
		"echo 1234567890123456789012345678901234567890"
		" >.git/refs/heads/main",
	};

	for (size_t i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
		start_repository();
		run("mkdir d; echo " KEY " >d/k; git add .; git commit -qm one;"
		    "git rm -rq d; echo x >x; git add x; git commit -qm two");
		run(damages[i]);
		const char *all = look(find_history);
		cr_expect_str_eq(all, "unplaced 2 -:0:0 +0\n", "%s: %s",
			damages[i], all);
		cr_expect_not(was_whole);
		cr_expect_leq(tree.passed.counts[PASSED_BROKEN] + missing, 1,
			"%s", damages[i]);
		run("rm -rf .git d x");
	}
}

/* A file has many versions, and none of them is more than the others. */
Test(leaks_history, objects_of_one_place_are_told_together)
{
	start_repository();
	run("for i in 1 2 3 4 5; do echo \"$i " KEY "\" |"
	    " git hash-object -w --stdin; done >ids;"
	    "for i in 1 2; do echo \"$i " TOKEN "\" >f; git add f;"
	    " git commit -qm \"$i\"; done; rm -r .git/logs .git/refs/heads/*;"
	    "rm .git/index");
	const char *all = look(find_history);
	cr_expect(strstr(all, "loose 2 -:0:0 +4\n"), "%s", all);
	cr_expect(strstr(all, "loose 1 -:0:0 +1\n"), "%s", all);
}

/* A file's content is no way to another one. */
Test(leaks_history, a_broken_blob_hides_no_other)
{
	start_repository();
	run("echo " KEY " >k; echo b >b; git add .; git commit -qm one;"
	    "echo '" TOKEN "' | git hash-object -w --stdin;" OBJECT(
		    "HEAD:b") "echo garbage >$f");
	cr_expect_str_eq(look(find_history),
		"committed 2 k:0:0 +0 since\nloose 1 -:0:0 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
	cr_expect_eq(missing, 0);
	run("rm -f $(git rev-parse HEAD:b | sed 's|^..|.git/objects/&/|')");
	cr_expect_str_eq(look(find_history),
		"committed 2 k:0:0 +0 since\nloose 1 -:0:0 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 0);
	cr_expect_eq(missing, 1);
}

/* It is told with its file, and no commit need have it yet. */
Test(leaks_history, what_is_staged_is_not_told_as_an_object)
{
	start_repository();
	run("echo " TOKEN " >f; git add f");
	cr_expect_str_eq(look(find_history), "");
	run("git worktree add -q --orphan other 2>/dev/null ||"
	    "(git commit -qm one; git worktree add -q other;"
	    " git rm -q --cached f; git commit -qm two;"
	    " echo " KEY " >other/g; git -C other add g)");
	const char *all = look(find_history);
	cr_expect(strstr(all, "held 2 -:0:0 +0\n"), "%s", all);
	cr_expect_not(strstr(all, "loose"), "%s", all);
}

/* The messages of its commits repeat that of the last one. */
Test(leaks_history, a_stash_repeats_nothing)
{
	start_repository();
	run("echo x >f; git add f; git commit -qm '" TOKEN "';"
	    "echo " KEY " >f; echo " KEY " >new; git add f; git stash -qu");
	cr_expect_str_eq(look(find_history),
		"message 1 -:0:0 +3 since\ncommitted 2 f:0:0 +0 since\n"
		"committed 2 new:0:0 +0 since\n");
}

Test(leaks_history, names_in_history)
{
	start_repository();
	run("mkdir -p d/" TOKEN "/e; echo x >d/" TOKEN "/e/1;"
	    "echo x >d/" TOKEN "/2; mkdir -p '" KEY "';"
	    "echo x >'" KEY "/f'; git add .; git commit -qm one;"
	    "git rm -rq d sk-test; git commit -qm two");
	const char *all = look(find_history);
	cr_expect(strstr(all, "named 1 d/" TOKEN ":0:0 +1 since\n"), "%s", all);
	cr_expect(strstr(all, "named 2 " KEY ":0:0 +1 since\n"), "%s", all);
	cr_expect_eq(strlen(all), 83 + strlen(TOKEN KEY) - 37, "%s", all);
}

Test(leaks_history, names_of_refs_and_of_people)
{
	start_repository();
	run("echo x >x; git add .; git commit -qm one --author '" TOKEN
	    " <a@example.org>'; git tag '" TOKEN "'; git branch '" KEY "';"
	    "git tag -am 'with " KEY "' v1; git tag -a v2 v1 -m two;"
	    "git update-ref refs/x/" TOKEN " HEAD");
	cr_expect_str_eq(look(find_history),
		"message 1 -:0:0 +0 since\ntag 2 v1:0:0 +0\n"
		"ref 2 refs/heads/" KEY ":0:0 +0\n"
		"ref 1 refs/tags/" TOKEN ":0:0 +0\n"
		"ref 1 refs/x/" TOKEN ":0:0 +0\n");
}

/* Written by hand, as programs that import a history do. */
Test(leaks_history, a_commit_without_a_date)
{
	start_repository();
	run("git commit -q --allow-empty -m one;"
	    "printf 'tree %s\nauthor a <a@b.c>\ncommitter a <a@b.c>\n\n" TOKEN
	    "\n' $(git rev-parse 'HEAD^{tree}') |"
	    " git hash-object -t commit -w --stdin --literally >id;"
	    "git update-ref refs/heads/odd $(cat id)");
	cr_expect_str_eq(look(find_history), "message 1 -:0:0 +0 once\n");
}

/* Its path is that of a file to git. */
Test(leaks_history, notes)
{
	char id[41] = "";

	start_repository();
	run("git commit -q --allow-empty -m one; git notes add -m '" TOKEN "';"
	    "git notes --ref other add -m two; git rev-parse HEAD >id");
	FILE *file = fopen("id", "re");
	cr_assert(file && fgets(id, sizeof(id), file));
	(void)fclose(file);
	const char *all = look(find_history);
	cr_expect(strstr(all, "note 1 "), "%s", all);
	cr_expect(strstr(all, id), "%s", all);
	cr_expect(!strstr(all, "committed"), "%s", all);
}

/* What no clone gets. A commit's message is told as such, and not again. */
Test(leaks_history, settings_and_reflogs)
{
	start_repository();
	run("git commit -q --allow-empty -m one; git checkout -qb x-" TOKEN ";"
	    "git checkout -q main; git branch -qD x-" TOKEN ";"
	    "git remote add o https://" TOKEN "@example.org/a.git;"
	    "git config url.https://" TOKEN "@example.org/.insteadOf a:;"
	    "git commit -q --allow-empty -m " KEY);
	cr_expect_str_eq(look(find_history),
		"message 2 -:0:0 +0 since\n"
		"setting 1 remote.o.url:0:0 +0\n"
		"setting 1 url.https://" TOKEN "@example.org/.insteadof:0:0 "
		"+0\nreflog 1 HEAD:0:0 +1\n");
	cr_expect(was_whole);
	run("git remote set-url o https://example.org/a.git;"
	    "git config --unset url.https://" TOKEN "@example.org/.insteadOf;"
	    "git reflog expire --expire=now HEAD");
	cr_expect_str_eq(look(find_history), "message 2 -:0:0 +0 since\n");
	run("git config --file more http.proxy http://" TOKEN "@example.org;"
	    "git config include.path ../more; echo /more >.git/info/exclude");
	cr_expect_str_eq(look(find_history),
		"message 2 -:0:0 +0 since\nsetting 1 http.proxy:0:0 +0\n");
}

/* The reflog of another work tree is in this repository. */
Test(leaks_history, reflogs_of_other_work_trees)
{
	start_repository();
	run("git commit -q --allow-empty -m one; git worktree add -q w -b w;"
	    "cd w; git checkout -qb x-" TOKEN "; git checkout -q w;"
	    "git branch -qD x-" TOKEN);
	cr_expect_str_eq(
		look(find_history), "reflog 1 worktrees/w/HEAD:0:0 +1\n");
	run("git reflog expire --expire=now worktrees/w/HEAD");
	cr_expect_str_eq(look(find_history), "");
}

/* What a tag, and a tag of a tag, leads to is no loose object; what no tag
 * leads to any more is. */
Test(leaks_history, what_tags_lead_to)
{
	start_repository();
	run("echo x >x; git add .; git commit -qm one;"
	    "git tag a $(echo " TOKEN " | git hash-object -w --stdin);"
	    "git tag -a b a -m b; git tag -a c b -m c; git tag -d a b;"
	    "git tag -am 'with " KEY "' gone; git tag -d gone");
	const char *all = look(find_history);
	cr_expect(strstr(all, "held 1 -:0:0 +0\n"), "%s", all);
	cr_expect(strstr(all, "loose 2 -:0:0 +0\n"), "%s", all);
}

/* Whoever replaced a commit still has it. */
Test(leaks_history, replaced_and_grafted_commits)
{
	start_repository();
	run("echo " KEY " >k; git add .; git commit -qm one;"
	    "git rm -q k; git commit -q --allow-empty -m two;"
	    "git commit -q --allow-empty -m three;"
	    "git rev-parse HEAD >.git/info/grafts");
	cr_expect_str_eq(look(find_history), "committed 2 k:0:0 +0 since\n");
	run("rm .git/info/grafts; git replace HEAD~2 HEAD~1;"
	    "git replace --graft HEAD");
	cr_expect_str_eq(look(find_history), "committed 2 k:0:0 +0 since\n");
}

/* What a merge itself brings in, and what its parents did. */
Test(leaks_history, merges)
{
	start_repository();
	run("echo x >x; git add .; git commit -qm one; git checkout -qb side;"
	    "echo " KEY " >k; git add k; git commit -qm side;"
	    "git checkout -q main; echo y >y; git add y; git commit -qm two;"
	    "git merge -q --no-commit side 2>/dev/null;"
	    "echo " TOKEN " >y; git add y; git commit -qm merged;"
	    "git rm -q y k; git commit -qm gone");
	const char *all = look(find_history);
	cr_expect(strstr(all, "committed 1 y:0:0 +0 since\n"), "%s", all);
	cr_expect(strstr(all, "committed 2 k:0:0 +0 since\n"), "%s", all);
}

/* Made to be read in place of the objects, and made up. */
Test(leaks_history, a_commit_graph_that_says_something_else)
{
	start_repository();
	run("echo " KEY " >k; git add .; git commit -qm one; git rm -q k;"
	    "git commit -q --allow-empty -m two;"
	    "git commit-graph write --reachable 2>/dev/null;"
	    "git repack -qad; git multi-pack-index write 2>/dev/null;"
	    "cd .git/objects; chmod u+w info/commit-graph;"
	    "for p in info/commit-graph:1130 pack/multi-pack-index:1140; do"
	    " printf 'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXX' |"
	    " dd of=${p%:*} bs=1 seek=${p#*:} conv=notrunc 2>/dev/null; done");
	cr_expect_str_eq(look(find_history), "committed 2 k:0:0 +0 since\n");
	cr_expect(was_whole);
}

/* What leads to it is the other repository's. */
Test(leaks_history, objects_of_another_repository)
{
	run("git init -q other; cd other; git config user.name a;"
	    "git config user.email a@example.org; echo " KEY " >k;"
	    "git add .; git commit -qm one");
	run("git init -q mine");
	run("echo ../../../other/.git/objects >mine/.git/objects/info/"
	    "alternates; cd mine; git config user.name a;"
	    "git config user.email a@example.org");
	cr_assert_eq(chdir("mine"), 0);
	cr_expect_str_eq(look(find_history), "unplaced 2 -:0:0 +0\n");
	cr_expect(was_whole);
	cr_assert_eq(chdir(".."), 0);
}
