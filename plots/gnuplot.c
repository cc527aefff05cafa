#include "plots/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/scratch.h"
#include "plots/answer.h"
#include "plots/sandbox.h"

/* A figure takes milliseconds; a map of a whole country less than this. */
#define TIME_OUT_MS 30000
/* A process that somebody killed is replaced, and its figure drawn again, so many times. */
#define ATTEMPTS_MOST 3

enum { END_READ, END_WRITE };

struct kg_gnuplot {
	pid_t process;	    /* also its process group; 0 = not running */
	int to, from, said; /* its standard input, output and error */
	bool scratch;	    /* may write in /tmp */
	bool died;	    /* ended by somebody else, in the last job */
	struct kg_scratch files;
};

static void close_descriptor(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

/* Ends the process at once; waits so that none is left behind. */
static void end_process(struct kg_gnuplot *gnuplot)
{
	close_descriptor(&gnuplot->to);
	close_descriptor(&gnuplot->from);
	close_descriptor(&gnuplot->said);
	if (!gnuplot->process)
		return;
	kill(-gnuplot->process, SIGKILL);
	while (waitpid(gnuplot->process, NULL, 0) < 0 && errno == EINTR)
		;
	gnuplot->process = 0;
}

static void release(void *object)
{
	struct kg_gnuplot *gnuplot = object;

	end_process(gnuplot);
	kg_scratch_remove(&gnuplot->files);
}

struct kg_gnuplot *kg_gnuplot_new(struct kg_arena *arena)
{
	struct kg_gnuplot *gnuplot = KG_NEW(arena, struct kg_gnuplot);

	if (!gnuplot)
		return NULL;
	gnuplot->to = gnuplot->from = gnuplot->said = -1;
	return kg_arena_defer(arena, release, gnuplot) ? gnuplot : NULL;
}

/* Where gnuplot is: the first in PATH, links followed. NULL: nowhere. */
static char *find_program(struct kg_arena *arena)
{
	const char *path = getenv("PATH");

	for (const char *at = path ? path : "/usr/local/bin:/usr/bin:/bin"; *at;) {
		size_t length = strcspn(at, ":");
		char *name = kg_arena_format(arena, "%.*s/gnuplot", (int)length, at);
		char *real = name && *name == '/' && access(name, X_OK) == 0 ? realpath(name, NULL) : NULL;

		if (real) {
			name = kg_arena_text(arena, real);
			free(real);
			return name;
		}
		at += length + (at[length] == ':');
	}
	return NULL;
}

struct child {
	const char *program, *folder;
	int sandbox, input, output, errors;
};

/* Between fork and exec: only calls that are safe there. */
static _Noreturn void become(const struct child *child)
{
	char *const arguments[] = { "gnuplot", "-d", NULL };
	char *const environment[] = { "TZ=UTC", "LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL };

	setpgid(0, 0);
	if (dup2(child->input, STDIN_FILENO) >= 0 && dup2(child->output, STDOUT_FILENO) >= 0 &&
	    dup2(child->errors, STDERR_FILENO) >= 0 && chdir(child->folder) == 0 &&
	    kg_sandbox_enter(child->sandbox) == 0) {
		signal(SIGPIPE, SIG_DFL);
		execve(child->program, arguments, environment);
	}
	_exit(127);
}

static enum kg_status fork_child(struct kg_gnuplot *gnuplot, int input[2], int output[2], int errors[2],
				 struct child *child)
{
	child->input = input[END_READ];
	child->output = output[END_WRITE];
	child->errors = errors[END_WRITE];
	gnuplot->process = fork();
	if (gnuplot->process == 0)
		become(child);
	if (gnuplot->process < 0) {
		gnuplot->process = 0;
		return KG_EIO;
	}
	setpgid(gnuplot->process, gnuplot->process);
	gnuplot->to = input[END_WRITE];
	gnuplot->from = output[END_READ];
	gnuplot->said = errors[END_READ];
	input[END_WRITE] = output[END_READ] = errors[END_READ] = -1;
	return KG_OK;
}

/* Its input is a socket, so that writing to a dead process is an error and not a signal. */
static enum kg_status start_process(struct kg_gnuplot *gnuplot, struct child *child)
{
	int input[2] = { -1, -1 }, output[2] = { -1, -1 }, errors[2] = { -1, -1 };
	enum kg_status status = KG_EIO;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) == 0 && pipe2(output, O_CLOEXEC) == 0 &&
	    pipe2(errors, O_CLOEXEC) == 0)
		status = fork_child(gnuplot, input, output, errors, child);
	for (int end = END_READ; end <= END_WRITE; end++) {
		close_descriptor(&input[end]);
		close_descriptor(&output[end]);
		close_descriptor(&errors[end]);
	}
	return status;
}

static enum kg_status start(struct kg_gnuplot *gnuplot, bool scratch, struct kg_arena *arena, struct kg_error *error)
{
	struct child child = { .folder = gnuplot->files.folder };
	enum kg_status status;

	if (gnuplot->process && gnuplot->scratch == scratch)
		return KG_OK;
	end_process(gnuplot);
	gnuplot->scratch = scratch;
	child.program = find_program(arena);
	if (!child.program)
		return kg_error_set(error, KG_EIO,
				    "gnuplot is not installed; figures need it: apt-get install gnuplot-nox");
	KG_TRY(kg_scratch_make(&gnuplot->files, error));
	child.sandbox = kg_sandbox_new(child.program, gnuplot->files.folder, scratch ? P_tmpdir : NULL);
	status = start_process(gnuplot, &child);
	close_descriptor(&child.sandbox);
	if (status != KG_OK)
		return kg_error_set(error, KG_EIO, "gnuplot cannot be started: %s", strerror(errno));
	return KG_OK;
}

/* A figure that an earlier script left must not pass for this one's. */
static void remove_old(const struct kg_gnuplot *gnuplot, const char *name)
{
	char path[128];

	snprintf(path, sizeof path, "%s/%s", gnuplot->files.folder, name);
	(void)unlink(path);
}

static enum kg_status check_answer(struct kg_gnuplot *gnuplot, const struct kg_plot_job *job, struct kg_error *error)
{
	struct kg_answer answer = { .length = 0 }, complaint = { .length = 0 };
	int wait_ms = job->wait_ms ? job->wait_ms : TIME_OUT_MS;
	double points;

	memset(answer.text, 0, sizeof answer.text);
	memset(complaint.text, 0, sizeof complaint.text);
	switch (kg_answer_wait((const int[]){ gnuplot->from, gnuplot->said }, wait_ms, &answer, &complaint)) {
	case KG_TOO_LATE:
		return kg_error_set(error, KG_EIO, "gnuplot took more than %g seconds and was ended", wait_ms / 1e3);
	case KG_DIED:
		gnuplot->died = true;
		return kg_error_set(error, KG_EIO, "gnuplot was ended before the figure was drawn");
	case KG_COMPLAINED:
		return kg_answer_complaint(&complaint, error);
	case KG_ANSWERED:
		break;
	}
	if (sscanf(answer.text, "points %lf", &points) != 1 || points != (double)job->points)
		return kg_error_set(error, KG_EIO, "gnuplot did not read all %zu points of the figure", job->points);
	return KG_OK;
}

static enum kg_status send_command(struct kg_gnuplot *gnuplot, const char *command, struct kg_error *error)
{
	size_t length = strlen(command);

	gnuplot->died = send(gnuplot->to, command, length, MSG_NOSIGNAL) != (ssize_t)length;
	if (gnuplot->died)
		return kg_error_set(error, KG_EIO, "gnuplot was ended before the figure was drawn");
	return KG_OK;
}

static enum kg_status check_end(const char *bytes, size_t length, const char *mark, struct kg_error *error)
{
	size_t tail = length < 64 ? length : 64;

	if (!memmem(bytes + length - tail, tail, mark, strlen(mark)))
		return kg_error_set(error, KG_EIO, "gnuplot wrote half a figure; is the disk full?");
	return KG_OK;
}

enum kg_status kg_gnuplot_file(struct kg_gnuplot *gnuplot, const char *name, struct kg_arena *arena, char **bytes,
			       size_t *length, struct kg_error *error)
{
	char path[128];

	snprintf(path, sizeof path, "%s/%s", gnuplot->files.folder, name);
	return kg_file_read(path, arena, bytes, length, error);
}

static enum kg_status write_script(const struct kg_gnuplot *gnuplot, const struct kg_plot_job *job,
				   struct kg_error *error)
{
	char path[128];
	enum kg_status status;
	int descriptor;

	snprintf(path, sizeof path, "%s/figure.gp", gnuplot->files.folder);
	descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (descriptor < 0)
		return kg_error_set(error, KG_EIO, "'%s' cannot be written: %s", path, strerror(errno));
	status = kg_file_put(descriptor, job->script, job->length, error);
	close(descriptor);
	return status;
}

static enum kg_status run_job(struct kg_gnuplot *gnuplot, const struct kg_plot_job *job, struct kg_arena *arena,
			      char **bytes, size_t *length, struct kg_error *error)
{
	char name[32];

	snprintf(name, sizeof name, "figure%s", job->ending);
	remove_old(gnuplot, name);
	KG_TRY(write_script(gnuplot, job, error));
	KG_TRY(send_command(gnuplot, "reset session\nload './figure.gp'\nset print '-'\nprint 'end'\n", error));
	KG_TRY(check_answer(gnuplot, job, error));
	KG_TRY(kg_gnuplot_file(gnuplot, name, arena, bytes, length, error));
	return check_end(*bytes, *length, job->end_mark, error);
}

enum kg_status kg_gnuplot_run(struct kg_gnuplot *gnuplot, const struct kg_plot_job *job, struct kg_arena *arena,
			      char **bytes, size_t *length, struct kg_error *error)
{
	enum kg_status status = KG_EIO;

	for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
		gnuplot->died = false;
		status = start(gnuplot, job->scratch, arena, error);
		if (status == KG_OK)
			status = run_job(gnuplot, job, arena, bytes, length, error);
		if (status != KG_OK)
			end_process(gnuplot);
		if (!gnuplot->died)
			break;
	}
	return status;
}

enum kg_status kg_gnuplot_close(struct kg_gnuplot *gnuplot, struct kg_error *error)
{
	struct pollfd end = { gnuplot->from, 0, 0 };
	int how = 0;

	if (!gnuplot->process)
		return KG_OK;
	close_descriptor(&gnuplot->to);
	if (poll(&end, 1, TIME_OUT_MS) <= 0)
		kill(-gnuplot->process, SIGKILL);
	while (waitpid(gnuplot->process, &how, 0) < 0 && errno == EINTR)
		;
	gnuplot->process = 0;
	end_process(gnuplot);
	if (WIFEXITED(how) ? WEXITSTATUS(how) != 0 : WTERMSIG(how) != SIGKILL) /* killed: its figures were complete */
		return kg_error_set(error, KG_EIO, "gnuplot ended with an error after the figure");
	return KG_OK;
}
