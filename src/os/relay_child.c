/* SPDX-License-Identifier: MIT */
#include "os/relay_internal.h"

#include <errno.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a terminal sends to all processes of its foreground at once. Where it
 * goes away, the session's leader alone is told: by SIGHUP and SIGCONT. */
static bool is_of_terminal(const struct signalfd_siginfo *info)
{
	switch (info->ssi_signo) {
	case SIGINT:
	case SIGQUIT:
	case SIGTSTP:
	case SIGTTIN:
	case SIGTTOU:
	case SIGWINCH:
		return info->ssi_code == SI_KERNEL;
	case SIGHUP:
	case SIGCONT:
		return info->ssi_code == SI_KERNEL && getsid(0) != getpid();
	default:
		return false;
	}
}

/* SIGPIPE or SIGXFSZ for a write of ours: the program's next write meets the
 * same by itself, and it may be another process of it that writes. */
static bool is_our_own(const struct signalfd_siginfo *info)
{
	return info->ssi_pid == (uint32_t)getpid();
}

static void be_the_program(struct relay_child *child, pid_t parent)
{
	/* Whoever kills us means the program. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != parent)
		_exit(128 + SIGKILL);
	/* Past the filter nothing is to come out. */
	for (int i = 0; i < 2; i++)
		if (child->files[i] >= 0 &&
			dup2(child->files[i], STDOUT_FILENO + i) < 0)
			_exit(126);
	(void)sigprocmask(SIG_SETMASK, &child->before, NULL);
}

int relay_child_start(struct relay_child *child)
{
	const pid_t parent = getpid();
	sigset_t all;

	(void)sigfillset(&all);
	child->signals = signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK);
	if (child->signals < 0)
		return errno;
	(void)sigprocmask(SIG_BLOCK, &all, &child->before);
	child->pid = fork();
	if (child->pid < 0) {
		int number = errno;

		(void)sigprocmask(SIG_SETMASK, &child->before, NULL);
		return number;
	}
	if (child->pid == 0)
		be_the_program(child, parent);
	return 0;
}

static bool is_job_control(int number)
{
	return number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
}

static void look(struct relay_child *child)
{
	int status = 0;
	pid_t pid;

	/* As the first process of a container we are the parent of what others
	 * leave behind, too. */
	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0 ||
		(pid < 0 && errno == EINTR)) {
		if (pid != child->pid)
			continue;
		if (WIFSTOPPED(status)) {
			child->stopped = is_job_control(WSTOPSIG(status))
				? WSTOPSIG(status)
				: 0;
			continue;
		}
		child->ended = true;
		child->stopped = 0;
		child->result = (struct process_result){
			.exited = WIFEXITED(status),
			.exit_code =
				WIFEXITED(status) ? WEXITSTATUS(status) : 0,
			.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
		};
		return;
	}
}

bool relay_child_attend(struct relay_child *child)
{
	struct signalfd_siginfo info;

	while (!child->ended &&
		read(child->signals, &info, sizeof(info)) ==
			(ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			look(child);
		else if (!is_of_terminal(&info) && !is_our_own(&info))
			(void)kill(child->pid, (int)info.ssi_signo);
	}
	if (child->ended)
		(void)sigprocmask(SIG_SETMASK, &child->before, NULL);
	return child->ended;
}

void relay_child_stop_too(struct relay_child *child)
{
	sigset_t one;

	(void)sigemptyset(&one);
	(void)sigaddset(&one, child->stopped);
	(void)kill(getpid(), child->stopped);
	(void)sigprocmask(SIG_UNBLOCK, &one, NULL);
	/* Here we stop. Whoever lets us go on may mean us alone. */
	(void)sigprocmask(SIG_BLOCK, &one, NULL);
	child->stopped = 0;
	(void)kill(child->pid, SIGCONT);
}

void relay_child_kill(struct relay_child *child)
{
	if (child->pid <= 0 || child->ended)
		return;
	(void)kill(child->pid, SIGKILL);
	while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	(void)sigprocmask(SIG_SETMASK, &child->before, NULL);
}
