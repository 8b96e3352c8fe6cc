/* SPDX-License-Identifier: MIT */
/*
 * Runs a program, its stderr where its stdout goes, and prints its exit status
 * and the most memory that it took, in KiB.
 *
 * Linux counts what a process took before it became another program: a small
 * one has to start it, or that one's size is what is measured.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct rusage used;
	int status = 0;

	if (argc < 2)
		return 2;
	pid_t child = fork();
	if (child == 0) {
		if (dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
			(void)execv(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child ||
		getrusage(RUSAGE_CHILDREN, &used) != 0)
		return 1;
	return printf("%d %ld\n",
		       WIFEXITED(status) ? WEXITSTATUS(status)
					 : -WTERMSIG(status),
		       used.ru_maxrss) < 0;
}
