/* SPDX-License-Identifier: MIT */
#include "look.h"

#include "os/directory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TestSuite(leaks, .init = enter, .fini = leave, .timeout = 60);

Test(leaks, files_of_git_and_what_it_would_take)
{
	start_repository();
	run("mkdir src; echo 'const t = \"" TOKEN "\"' >src/a.js; git add .");
	run("printf 'a\\nb " KEY "\\n" KEY "\\n' >new.txt;"
	    "echo .env >.gitignore; echo K=" KEY " >.env");
	cr_expect_str_eq(look(leaks_find_files),
		"tracked 1 src/a.js:1:12 +0\nuntracked 2 new.txt:2:3 +1\n");
}

/* A folder's name is told once, the value in a file beside it. */
Test(leaks, names_that_git_has_and_would_take)
{
	start_repository();
	run("mkdir d-" TOKEN " dist public; echo x >d-" TOKEN "/a;"
	    "echo " TOKEN " >d-" TOKEN "/b; touch public/" TOKEN ".png;"
	    "git add .; touch " TOKEN ".txt; mkdir u" TOKEN ";"
	    "touch u" TOKEN "/1 u" TOKEN "/2; echo /dist >.gitignore;"
	    "touch dist/" TOKEN ".js; ln -s nowhere l" TOKEN);
	cr_expect_str_eq(look(leaks_find_files),
		"named 1 d-" TOKEN ":0:0 +0\ntracked 1 d-" TOKEN "/b:1:1 +0\n"
		"named 1 public/" TOKEN ".png:0:0 +0\n"
		"untracked name 1 " TOKEN ".txt:0:0 +0\n"
		"untracked name 1 l" TOKEN ":0:0 +0\n"
		"untracked name 1 u" TOKEN ":0:0 +0\n"
		"built name 1 dist/" TOKEN ".js:0:0 +0\n");
}

/* In the last commit, and no more in the index or on disk. */
Test(leaks, names_that_the_last_commit_has)
{
	start_repository();
	run("touch " TOKEN "; git add .; git commit -qm one; git mv " TOKEN
	    " x");
	cr_expect_str_eq(look(leaks_find_files), "named 1 " TOKEN ":0:0 +0\n");
	run("git commit -qm two");
	cr_expect_str_eq(look(leaks_find_files), "");
}

/* Of a submodule, too. */
Test(leaks, names_that_the_next_commit_takes_in)
{
	start_repository();
	run("git commit -q --allow-empty -m one; touch " TOKEN ".txt;"
	    "mkdir d" TOKEN "; echo " TOKEN " >d" TOKEN "/f; git add .;"
	    "git update-index --add --cacheinfo 160000,$(git rev-parse "
	    "HEAD),s" TOKEN);
	cr_expect_str_eq(look(leaks_find_staged),
		"staged name 1 " TOKEN ".txt:0:0 +0\n"
		"staged name 1 d" TOKEN ":0:0 +0\n"
		"staged name 1 s" TOKEN ":0:0 +0\n"
		"staged 1 d" TOKEN "/f:1:1 +0\n");
}

Test(leaks, names_without_git)
{
	run("mkdir -p src/d" TOKEN "; touch src/d" TOKEN "/a");
	cr_expect_str_eq(look(leaks_find_files),
		"untracked name 1 src/d" TOKEN ":0:0 +0\n");
}

Test(leaks, what_builds_wrote_though_it_is_ignored)
{
	start_repository();
	run("mkdir -p web/.next/static dist/node_modules;"
	    "echo 'dist' >.gitignore; echo .next >>.gitignore;"
	    "echo 'x=\"" TOKEN "\"' >web/.next/static/1.js;"
	    "echo '" TOKEN "' >dist/node_modules/x.js");
	cr_expect_str_eq(look(leaks_find_files),
		"built 1 web/.next/static/1.js:1:4 +0\n");
}

Test(leaks, a_tracked_file_in_a_built_folder_is_told_once)
{
	start_repository();
	run("mkdir public; echo " TOKEN " >public/x; git add .");
	cr_expect_str_eq(look(leaks_find_files), "tracked 1 public/x:1:1 +0\n");
}

/* Deleted on disk alone, or never there in a sparse work tree. */
Test(leaks, what_the_index_has_and_the_disk_has_not)
{
	start_repository();
	run("mkdir s; echo '  " KEY "' >s/k;"
	    "echo " KEY " >both; git add .; git commit -qm one; rm -r s");
	cr_expect_str_eq(look(leaks_find_files),
		"tracked 2 both:1:1 +0\nindex 2 s/k:1:3 +0\n");
	run("git reset -q --hard; git sparse-checkout set --no-cone '/*' "
	    "'!/s'");
	cr_expect_neq(access("s/k", F_OK), 0);
	const char *all = look(leaks_find_files);
	cr_expect(strstr(all, "skipped 2 s/k:1:3 +0\n"), "%s", all);
}

/* What is there through a link was not read there, either. */
Test(leaks, a_folder_that_a_link_took_the_place_of)
{
	start_repository();
	run("mkdir s other; echo " KEY " >s/k; echo x >other/k; git add .;"
	    "git commit -qm one; rm -r s; ln -s other s");
	cr_expect_str_eq(look(leaks_find_files), "index 2 s/k:1:1 +0\n");
}

Test(leaks, where_a_link_of_git_leads_is_a_text)
{
	start_repository();
	run("echo x >x; git add x; git commit -qm one;"
	    "ln -s " TOKEN " lk; git add lk");
	cr_expect_str_eq(look(leaks_find_staged), "staged 1 lk:1:1 +0\n");
	cr_expect_str_eq(look(leaks_find_files), "tracked 1 lk:1:1 +0\n");
	run("git commit -qm two; rm lk");
	cr_expect_str_eq(look(leaks_find_files), "index 1 lk:1:1 +0\n");
}

/* Of the same size, and touched back to its time: who cleans it has no better
 * luck. */
Test(leaks, what_was_cleaned_on_disk_alone)
{
	start_repository();
	run("echo 'k " KEY "' >a; echo x >b; git add .; git commit -qm one;"
	    "git status -s; touch -r a time; sed -i 's/./x/g' a;"
	    "touch -r time a; rm time");
	cr_expect_str_eq(look(leaks_find_files), "index 2 a:1:3 +0\n");
	run("echo " TOKEN " >a");
	cr_expect_str_eq(look(leaks_find_files),
		"tracked 1 a:1:1 +0\nindex 2 a:1:3 +0\n");
}

/* Written again in the moment in which git wrote the index: no time tells. */
Test(leaks, what_was_cleaned_at_once)
{
	start_repository();
	for (int i = 0; i < 5; i++) {
		run("echo " KEY " >a; git add a; echo '" KEY "' | tr s x >a");
		cr_expect_str_eq(look(leaks_find_files), "index 2 a:1:1 +0\n");
	}
}

/* What is as the index has it is not asked of git's store again. */
Test(leaks, what_is_on_disk_as_in_the_index_is_read_there_alone)
{
	start_repository();
	run("echo " KEY " >a; echo x >'\"b'; sleep 0.1; git add a;"
	    "git commit -qm one; rm -r .git/objects/??");
	for (int i = 0; i < 2; i++) {
		cr_expect_str_eq(
			look(leaks_find_files), "tracked 2 a:1:1 +0\n");
		cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
		cr_expect_str_eq(tree.passed.first[PASSED_BROKEN], "HEAD");
		/* As in a work tree that was copied. */
		run("touch -d yesterday a");
	}
}

/* Many are compared at once, some cannot be named to git in a list, and some
 * cannot be read. */
Test(leaks, what_was_cleaned_in_a_copied_work_tree)
{
	start_repository();
	run("for i in 1 2 3 4 5 6; do echo \"" KEY " $i\" >f$i; done;"
	    "echo " TOKEN " >'\"q'; echo " TOKEN " >\"$(printf 'r\\rx')\";"
	    "echo " TOKEN " >\"$(printf 'n\\nx')\"; git add .;"
	    "git commit -qm one; touch -d yesterday *;"
	    "for i in 2 4 5; do echo \"" KEY " $i\" | tr s x >f$i; done;"
	    "for f in *x '\"q'; do echo x >\"$f\"; done; rm f6");
	const char *all = look(leaks_find_files);
	static const char *const lines[] = { "tracked 2 f1:1:1 +0\n",
		"tracked 2 f3:1:1 +0\n", "index 2 f2:1:1 +0\n",
		"index 2 f4:1:1 +0\n", "index 2 f5:1:1 +0\n",
		"index 2 f6:1:1 +0\n", "index 1 \"q:1:1 +0\n",
		"index 1 r\rx:1:1 +0\n", "index 1 n\nx:1:1 +0\n" };
	size_t size = 0;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		cr_expect(strstr(all, lines[i]), "%s in %s", lines[i], all);
		size += strlen(lines[i]);
	}
	cr_expect_eq(strlen(all), size, "%s", all);
}

/* A smudge filter may take a value out, or one's own encoding hide it; what git
 * wrote by it, it takes for the same. */
Test(leaks, what_git_converts_on_its_way_to_the_disk)
{
	start_repository();
	run("echo '*.f filter=clean' >.git/info/attributes;"
	    "echo 'v*.u working-tree-encoding=UTF-32LE' >>.git/info/attributes;"
	    "echo 'k " KEY "' >a.f; echo " TOKEN " | iconv -t UTF-32LE >v.u;"
	    "git add .; git commit -qm one;"
	    "git config filter.clean.smudge 'sed s/sk-/xk-/';"
	    "git config filter.clean.clean 'sed s/xk-/sk-/';"
	    "rm a.f v.u; git checkout -q .; touch -d '1 hour ago' a.f v.u;"
	    "git update-index --refresh");
	cr_expect_str_eq(look(leaks_find_files),
		"index 2 a.f:1:3 +0\nindex 1 v.u:1:1 +0\n");
	cr_assert_eq(setenv("GIT_LITERAL_PATHSPECS", "1", 1), 0);
	cr_expect_str_eq(look(leaks_find_files),
		"index 2 a.f:1:3 +0\nindex 1 v.u:1:1 +0\n");
	cr_assert_eq(unsetenv("GIT_LITERAL_PATHSPECS"), 0);
}

/* The ids of its objects are of SHA-256. */
Test(leaks, what_is_on_disk_as_in_an_index_of_longer_ids)
{
	run("git init -q --object-format=sha256 .; echo " KEY " >a;"
	    "echo " TOKEN " >b; git add a b; rm -r .git/objects/??;"
	    "echo " TOKEN " | tr c x >b; touch -d yesterday a b");
	cr_expect_str_eq(look(leaks_find_files), "tracked 2 a:1:1 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
	cr_expect_str_eq(tree.passed.first[PASSED_BROKEN], "b");
}

Test(leaks, what_the_last_commit_still_has)
{
	start_repository();
	run("echo " KEY " >a; echo " TOKEN " >b; echo " KEY " >c;"
	    "echo " KEY " >d; git add .; git commit -qm one;"
	    "echo x >a; git add a; git rm -q --cached b; echo b >.gitignore;"
	    "git rm -q c; echo 'x " KEY "' >d; git add d");
	cr_expect_str_eq(look(leaks_find_files),
		"tracked 2 d:1:3 +0\nhead 2 a:1:1 +0\nhead 1 b:1:1 +0\n"
		"head 2 c:1:1 +0\n");
	run("git commit -qm two");
	cr_expect_str_eq(look(leaks_find_files), "tracked 2 d:1:3 +0\n");
}

Test(leaks, every_side_of_a_merge)
{
	start_repository();
	run("echo base >f; git add f; git commit -qm base;"
	    "git checkout -qb other; echo 'o " TOKEN "' >f;"
	    "git commit -qam other; git checkout -q main;"
	    "echo 'm " KEY "' >f; git commit -qam main;"
	    "git merge -q other >/dev/null 2>&1 || echo mended >f");
	cr_expect_str_eq(
		look(leaks_find_files), "index 2 f:1:3 +0\nindex 1 f:1:3 +0\n");
}

/* `git add` of what is there now would take it. */
Test(leaks, links_and_files_that_took_each_others_place)
{
	start_repository();
	run("ln -s x link; ln -s x moved; echo x >file; git add .;"
	    "git commit -qm one; rm link; echo " KEY " >link;"
	    "ln -sf " TOKEN " moved; rm file; ln -s " KEY " file;"
	    "ln -s 'new " TOKEN "' new; ln -s x harmless");
	cr_expect_str_eq(look(leaks_find_files),
		"tracked 2 file:1:1 +0\ntracked 2 link:1:1 +0\n"
		"tracked 1 moved:1:1 +0\nuntracked 1 new:1:5 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_LINK], 0);
}

Test(leaks, what_stands_in_a_submodules_place)
{
	start_repository();
	run("git init -q a; git init -q b; for i in a b; do cd $i;"
	    "git -c user.name=a -c user.email=b commit -q --allow-empty -m x;"
	    "cd ..; done; git add a b 2>/dev/null; git commit -qm one;"
	    "rm -rf a b; echo " KEY " >a; ln -s " TOKEN " b");
	cr_expect_str_eq(look(leaks_find_files),
		"tracked 2 a:1:1 +0\ntracked 1 b:1:1 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_SUBMODULE], 0);
}

Test(leaks, a_link_in_what_a_build_wrote)
{
	start_repository();
	run("mkdir dist; ln -s " KEY " dist/l; echo dist >.gitignore");
	cr_expect_str_eq(look(leaks_find_files), "built 2 dist/l:1:1 +0\n");
}

Test(leaks, a_folder_that_took_the_place_of_a_file)
{
	start_repository();
	run("echo " KEY " >f; git add f; git commit -qm one; rm f; mkdir f;"
	    "echo " TOKEN " >f/new");
	cr_expect_str_eq(look(leaks_find_files),
		"untracked 1 f/new:1:1 +0\nindex 2 f:1:1 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_SPECIAL], 0);
}

/* It has no object until it is added. */
Test(leaks, a_file_that_is_meant_to_be_added)
{
	start_repository();
	run("echo " KEY " >f; echo " TOKEN " >gone; git add -N f gone;"
	    "rm gone");
	cr_expect_str_eq(look(leaks_find_files), "tracked 2 f:1:1 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 0);
	cr_expect_str_eq(look(leaks_find_staged), "");
}

Test(leaks, a_last_commit_that_is_broken)
{
	start_repository();
	run("echo " KEY " >f; git add f; git commit -qm one;"
	    "o=$(git rev-parse HEAD^{tree} | sed 's|^..|.git/objects/&/|');"
	    "rm -f $o");
	cr_expect_str_eq(look(leaks_find_files), "tracked 2 f:1:1 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
	cr_expect_str_eq(tree.passed.first[PASSED_BROKEN], "HEAD");
}

/* The index of a linked work tree, a split one, and one that git is told of. */
Test(leaks, wherever_the_index_is)
{
	start_repository();
	run("echo " KEY " >f; git add f; git commit -qm one;"
	    "git worktree add -q wt 2>/dev/null; cd wt; echo x >f");
	cr_assert_eq(chdir("wt"), 0);
	cr_expect_str_eq(look(leaks_find_files), "index 2 f:1:1 +0\n");
	cr_assert_eq(chdir(".."), 0);
	run("git worktree remove --force wt; git update-index --split-index"
	    " --untracked-cache; echo x >f");
	cr_expect_str_eq(look(leaks_find_files), "index 2 f:1:1 +0\n");
	cr_assert_eq(setenv("GIT_INDEX_FILE", ".git/other", 1), 0);
	run("git add f");
	cr_expect_str_eq(look(leaks_find_files), "head 2 f:1:1 +0\n");
	cr_assert_eq(unsetenv("GIT_INDEX_FILE"), 0);
}

/* A hook has GIT_DIR in a linked work tree; a shell has both for dotfiles,
 * whose folder of git lies elsewhere. */
Test(leaks, where_git_is_told_of_its_folder)
{
	start_repository();
	run("git commit -q --allow-empty -m one;"
	    "git worktree add -q wt 2>/dev/null; mkdir wt/sub;"
	    "cd wt; echo " KEY " >sub/f; git add .");
	char *whole = path_resolve(".git/worktrees/wt");
	cr_assert_eq(setenv("GIT_DIR", whole, 1), 0);
	free(whole);
	cr_assert_eq(chdir("wt/sub"), 0);
	cr_expect_str_eq(look(leaks_find_staged), "staged 2 sub/f:1:1 +0\n");
	cr_assert_eq(chdir("../.."), 0);
	run("git init -q --bare dots; mkdir home; echo " KEY " >home/f");
	cr_assert_eq(setenv("GIT_DIR", "../dots", 1), 0);
	cr_assert_eq(setenv("GIT_WORK_TREE", ".", 1), 0);
	cr_assert_eq(chdir("home"), 0);
	run("git add f");
	cr_expect_str_eq(look(leaks_find_staged), "staged 2 f:1:1 +0\n");
	cr_assert_eq(unsetenv("GIT_DIR"), 0);
	cr_assert_eq(unsetenv("GIT_WORK_TREE"), 0);
}

/* Bits by which git itself does not look at the file. */
Test(leaks, what_git_is_told_not_to_look_at)
{
	start_repository();
	run("echo " KEY " >a; cp a s; git add .; git commit -qm one;"
	    "git update-index --assume-unchanged a;"
	    "git update-index --skip-worktree s; echo x >a; echo y >s");
	cr_expect_str_eq(look(leaks_find_files),
		"index 2 a:1:1 +0\nskipped 2 s:1:1 +0\n");
}

Test(leaks, what_a_build_wrote_deep_in_other_folders)
{
	start_repository();
	run("d=$(printf 'd/%.0s' $(seq 60)); mkdir -p $d/dist; echo '*' "
	    ">d/.gitignore; echo " KEY " >$d/dist/x;"
	    "mkdir -p $(printf 'e/%.0s' $(seq 300))");
	const char *all = look(leaks_find_files);
	cr_expect(strstr(all, "d/dist/x:1:1 +0\n"), "%s", all);
	cr_expect_eq(tree.passed.counts[PASSED_DEEP], 1);
}

Test(leaks, a_folder_without_git)
{
	run("mkdir -p src node_modules; echo " KEY " >src/a;"
	    "echo " KEY " >node_modules/a");
	cr_expect_str_eq(look(leaks_find_files), "untracked 2 src/a:1:1 +0\n");
}

Test(leaks, links_pipes_and_submodules_are_passed_over)
{
	start_repository();
	run("mkdir -p /tmp/aigenv-test-outside; echo " KEY
	    " >/tmp/aigenv-test-outside/f; ln -s /tmp/aigenv-test-outside/f l;"
	    "mkdir d; echo x >d/f; git add .; rm -r d;"
	    "ln -s /tmp/aigenv-test-outside d; mkfifo pipe;"
	    "git init -q sub; cd sub; git -c user.name=a -c user.email=b commit"
	    " -q --allow-empty -m x");
	cr_expect_str_eq(look(leaks_find_files), "");
	cr_expect_str_eq(tree.passed.first[PASSED_SUBMODULE], "sub/");
	cr_expect_geq(tree.passed.counts[PASSED_LINK], 2);
	run("rm -r /tmp/aigenv-test-outside");
}

/* Looked at as git has them, and as a build wrote them. */
Test(leaks, what_is_passed_over_is_counted_once)
{
	start_repository();
	run("mkdir dist; ln -s /dev/zero dist/a; ln -s /dev/zero dist/b;"
	    "git add .");
	cr_expect_str_eq(look(leaks_find_files), "");
	cr_expect_eq(tree.passed.counts[PASSED_LINK], 2);
	cr_expect_str_eq(tree.passed.first[PASSED_LINK], "dist/a");
}

Test(leaks, histories_of_shells)
{
	run("echo 'curl -H x:" TOKEN "' >.bash_history;"
	    "mkdir -p .local/share/fish;"
	    "echo 'echo " KEY "' >.local/share/fish/fish_history");
	char expected[1024];
	(void)snprintf(expected, sizeof(expected),
		"shell 1 %s/.bash_history:1:11 +0\n"
		"shell 2 %s/.local/share/fish/fish_history:1:6 +0\n",
		here, here);
	cr_expect_str_eq(look(find_shells), expected);
}

/* Under another path than the one of its name. */
Test(leaks, a_history_that_is_chosen_is_told_once)
{
	run("echo '" KEY "' >.bash_history; ln -s .bash_history h");
	char path[512];
	(void)snprintf(path, sizeof(path), "%s/h", here);
	cr_assert_eq(setenv("HISTFILE", path, 1), 0);
	char expected[1024];
	(void)snprintf(expected, sizeof(expected), "shell 2 %s:1:1 +0\n", path);
	cr_expect_str_eq(look(find_shells), expected);
	cr_assert_eq(unsetenv("HISTFILE"), 0);
}

Test(leaks, links_that_stay_inside_lead_nowhere_else)
{
	start_repository();
	run("mkdir public; echo x >f; ln -s f tracked; git add tracked;"
	    "ln -s f inside; ln -s loop loop; ln -s nothing nowhere;"
	    "ln -s .. public/up; ln -s /etc/hostname outside");
	cr_expect_str_eq(look(leaks_find_files), "");
	cr_expect_eq(tree.passed.counts[PASSED_LINK], 1);
	cr_expect_str_eq(tree.passed.first[PASSED_LINK], "outside");
	cr_expect_eq(tree.passed.counts[PASSED_UNREADABLE], 0);
}

Test(leaks, staged_is_what_the_next_commit_takes)
{
	start_repository();
	run("echo " TOKEN " >old; git add .; git commit -qm one;"
	    "echo 'x " KEY "' >staged; git add staged; echo x >staged;"
	    "echo " KEY " >not");
	cr_expect_str_eq(look(leaks_find_staged), "staged 2 staged:1:3 +0\n");
}

/* Puts it into the object of the staged file "b". */
#define DAMAGE(how)                                                            \
	"o=$(git rev-parse :b); f=.git/objects/$(echo $o |"                    \
	" sed 's|^..|&/|'); chmod u+w $f; " how

/* What git prints behind it would be taken for its bytes. */
#define SAY_LARGER                                                             \
	"python3 -c 'import sys,zlib;open(sys.argv[1],\"wb\")"                 \
	".write(zlib.compress(b\"blob 99999\\0hi\"))' $f"

Test(leaks, an_object_that_claims_more_than_it_has)
{
	start_repository();
	run("echo b >b; echo " TOKEN " >c; echo " KEY
	    " >d; git add .;" DAMAGE(SAY_LARGER));
	cr_expect_str_eq(look(leaks_find_staged),
		"staged 1 c:1:1 +0\nstaged 2 d:1:1 +0\n");
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
	cr_expect_str_eq(tree.passed.first[PASSED_BROKEN], "b");
	run("git commit -qm one; git rm -q --cached c d; git commit -qm two");
	const char *all = look(find_history);
	cr_expect(strstr(all, "committed 1 c:0:0 +0 since\n"), "%s", all);
	cr_expect(strstr(all, "committed 2 d:0:0 +0 since\n"), "%s", all);
	cr_expect_not(strstr(all, "loose"), "%s", all);
	cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
}

Test(leaks, a_broken_staged_object_loses_no_other)
{
	static const char *const damages[] = {
		DAMAGE("printf XXXX | dd of=$f bs=1 seek=14 conv=notrunc"
		       " 2>/dev/null"),
		DAMAGE("echo garbage >$f"),
		DAMAGE(": >$f"),
		DAMAGE("rm $f"),
	};

	start_repository();
	for (size_t i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
		run("rm -rf .git/index a b c; echo " TOKEN
		    " >a; echo bbbbbbbbbbbbbbbbbbbbb >b;"
		    "echo 1" KEY " >c; git add a b c");
		run(damages[i]);
		cr_expect_str_eq(look(leaks_find_staged),
			"staged 1 a:1:1 +0\nstaged 2 c:1:2 +0\n", "%s",
			damages[i]);
		cr_expect(was_whole);
		cr_expect_eq(tree.passed.counts[PASSED_BROKEN], 1);
		cr_expect_str_eq(tree.passed.first[PASSED_BROKEN], "b");
		run("rm -f $(git rev-parse :b | sed 's|^..|.git/objects/&/|')");
	}
}

/* A value that a hostile repository's config would hand out. */
Test(leaks, no_program_of_the_repository_is_started)
{
	start_repository();
	run("echo " TOKEN " >f; git add .; git commit -qm one; echo x >>f;"
	    "git add f; git config core.fsmonitor 'touch started';"
	    "git config diff.external 'touch started';"
	    "git config diff.evil.textconv 'touch started';"
	    "git config filter.evil.smudge 'touch started';"
	    "git config filter.evil.clean 'touch started';"
	    "git config core.pager 'touch started';"
	    "git config gpg.program 'touch started';"
	    "git config log.showSignature true;"
	    "git config diff.orderFile /nowhere;"
	    "echo '* diff=evil filter=evil' >.git/info/attributes");
	run("echo y >f");
	cr_expect_str_eq(look(leaks_find_files), "index 1 f:1:1 +0\n");
	(void)look(leaks_find_staged);
	cr_expect_str_eq(look(find_history), "committed 1 f:0:0 +0 since\n");
	cr_expect_neq(access("started", F_OK), 0);
}
