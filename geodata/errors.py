"""One class per thing a user can act on; each message is a sentence that says what to do."""


class ZhituError(Exception):
    """Something a user can act on went wrong; the message is the sentence to show."""


class UnreadableFileError(ZhituError):
    """A file cannot be read as the format its name and first bytes promise."""


class UnknownFormError(ZhituError):
    """A table matches no form the importer knows."""


class CellError(ZhituError):
    """A cell does not hold what its column asks for."""


class CancelledError(ZhituError):
    """Somebody stopped an import; nothing of it was stored."""


class ParameterError(ZhituError):
    """A parameter of a request or command is not what it takes."""

    def __init__(self, sentence: str, *, parameter: str = "") -> None:
        super().__init__(sentence)
        self.parameter = parameter


class DatumError(ZhituError):
    """Coordinates came without a usable datum or lie outside every known one."""


class NotFoundError(ZhituError):
    """Nothing is stored under that id."""


class NoSuchRecordError(NotFoundError):
    """Nothing is stored under that id, or it is another's: nobody else may tell the two apart."""

    def __init__(
        self,
        sentence: str = "没有这条记录，可能已经删除或并入别处；也可能属于别的区局，"
        "你的账号不能看也不能改。",
    ) -> None:
        super().__init__(sentence)


class SignInError(ZhituError):
    """This page needs a sign-in, or the password did not match."""


class TooManyAttemptsError(ZhituError):
    """Too many wrong passwords; wait before the next try."""


class SettingsError(ZhituError):
    """A setting has a value the program cannot use."""


class StoreError(ZhituError):
    """The database is missing, damaged, or of another version."""


class StoreFullError(StoreError):
    """A disk is full; what was stored before still stands."""


class StoreDamagedError(StoreError):
    """The file of the database is damaged; a backup has to come back."""


class StoreNewerError(StoreError):
    """A newer version of the program wrote the database; this one must not touch it."""


class ForbiddenError(ZhituError):
    """This account may not see or do that."""


class ConflictError(ZhituError):
    """Someone else changed it in the meantime, or it no longer stands as it was."""


class KeyReusedError(ZhituError):
    """This Idempotency-Key came with another request before; take a new one."""
