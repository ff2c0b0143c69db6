"""Database servers for experiments and exercises: a learner's own, or a throw-away one."""
