package org.skep.server;

import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.error.SourceLocation;
import org.skep.engine.ErrorText;
import org.skep.rpc.HiveServiceException;

/** In whose words a session's failures are told. Immutable. */
enum ErrorWording {
    /** Hive's own sentences, on which tools match. */
    HIVE {
        @Override
        String tell(SkepException error, String sql) {
            String sentence = ErrorText.hive(error, sql);
            return sentence.startsWith("FAILED: Execution Error")
                    ? "Error while processing statement: " + sentence
                    : "Error while compiling statement: " + sentence;
        }
    },
    /** One short sentence behind the place in the statement. */
    SHORT {
        @Override
        String tell(SkepException error, String sql) {
            return error.location()
                    .map(place -> "line " + place + " " + error.getMessage())
                    .orElse(error.getMessage());
        }
    };

    abstract String tell(SkepException error, String sql);

    /** The failure of a statement as clients get it. */
    HiveServiceException failure(SkepException error, String sql) {
        ErrorCode code = error.code();
        HiveServiceException failure =
                new HiveServiceException(tell(error, sql), code.sqlState(), code.number(), error);
        SourceLocation place = error.location().orElse(null);
        return place == null ? failure : failure.at(place.line(), place.column());
    }

    /** The failure of a call that is no statement. */
    static HiveServiceException plain(SkepException error) {
        ErrorCode code = error.code();
        return new HiveServiceException(error.getMessage(), code.sqlState(), code.number(), error);
    }
}
