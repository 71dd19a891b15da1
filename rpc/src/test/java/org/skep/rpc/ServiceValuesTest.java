package org.skep.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ServiceValuesTest {
    @Test
    void numbersAreThoseOfTheProtocol() {
        assertThat(OperationState.FINISHED.wireValue()).isEqualTo(2);
        assertThat(OperationState.ERROR.wireValue()).isEqualTo(5);
        assertThat(OperationState.TIMED_OUT.wireValue()).isEqualTo(8);
        assertThat(StatusCode.INVALID_HANDLE.wireValue()).isEqualTo(4);
        assertThat(OperationType.GET_FUNCTIONS.wireValue()).isEqualTo(7);
        assertThat(FetchOrientation.FIRST.wireValue()).isEqualTo(4);
        assertThat(FetchType.LOG.wireValue()).isEqualTo(1);
        assertThat(ProtocolVersion.V11.wireValue()).isEqualTo(10);
        assertThat(ProgressUpdate.JobStatus.NOT_AVAILABLE.wireValue()).isEqualTo(2);
    }

    @Test
    void onlyEndedOperationsAreTerminal() {
        for (OperationState state : OperationState.values()) {
            boolean running =
                    state == OperationState.INITIALIZED
                            || state == OperationState.PENDING
                            || state == OperationState.RUNNING
                            || state == OperationState.UNKNOWN;
            assertThat(state.isTerminal()).as(state.name()).isEqualTo(!running);
        }
    }

    @Test
    void theOlderVersionIsAgreedOn() {
        assertThat(ProtocolVersion.V6.agreedWith(ProtocolVersion.V11))
                .isEqualTo(ProtocolVersion.V6);
        assertThat(ProtocolVersion.latest().agreedWith(ProtocolVersion.V8))
                .isEqualTo(ProtocolVersion.V8);
    }

    @Test
    void handlesAreEqualByIdentifierAndSecret() {
        HandleIdentifier identifier = HandleIdentifier.random();
        HandleIdentifier stolen = new HandleIdentifier(identifier.id(), UUID.randomUUID());
        assertThat(new SessionHandle(identifier)).isEqualTo(new SessionHandle(identifier));
        assertThat(new SessionHandle(identifier)).isNotEqualTo(new SessionHandle(stolen));
        OperationHandle operation = new OperationHandle(identifier, OperationType.GET_TABLES, true);
        OperationHandle same = new OperationHandle(identifier, OperationType.UNKNOWN, false);
        assertThat(operation).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(operation.toString())
                .contains(identifier.id().toString())
                .doesNotContain(identifier.secret().toString());
    }

    @Test
    void failuresCarryStateCodeAndPlace() {
        HiveServiceException failure = new HiveServiceException("No", "42000", 10001);
        assertThat(failure.line()).isZero();
        HiveServiceException placed = failure.at(3, 14);
        assertThat(placed).hasMessage("No");
        assertThat(placed.sqlState()).isEqualTo("42000");
        assertThat(placed.vendorCode()).isEqualTo(10001);
        assertThat(placed.line()).isEqualTo(3);
        assertThat(placed.column()).isEqualTo(14);
        assertThat(placed.statusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(HiveServiceException.invalidHandle("session 1").statusCode())
                .isEqualTo(StatusCode.INVALID_HANDLE);
        assertThat(HiveServiceException.notSupported("Flying"))
                .hasMessage("Flying is not supported")
                .extracting(HiveServiceException::sqlState)
                .isEqualTo("0A000");
    }

    @Test
    void aStatusSaysLittleUnlessTold() {
        OperationStatus status = OperationStatus.builder(OperationState.RUNNING).build();
        assertThat(status.hasResultSet()).isFalse();
        assertThat(status.failure()).isEmpty();
        assertThat(status.progress()).isEmpty();
        assertThat(status.warnings()).isEmpty();
        assertThat(status.modifiedRows()).isEqualTo(OperationStatus.ROWS_UNKNOWN);
        OperationStatus ended =
                OperationStatus.builder(OperationState.FINISHED)
                        .times(5, 9)
                        .warnings(List.of("w"))
                        .progress(ProgressUpdate.notAvailable())
                        .build();
        assertThat(ended.startedMillis()).isEqualTo(5);
        assertThat(ended.completedMillis()).isEqualTo(9);
        assertThat(ended.warnings()).containsExactly("w");
        assertThat(ended.progress().orElseThrow().status())
                .isEqualTo(ProgressUpdate.JobStatus.NOT_AVAILABLE);
        assertThat(ended).hasToString("OperationStatus[FINISHED]");
    }

    @Test
    void infoValuesAreTextsOrNumbers() {
        assertThat(InfoValue.of("x").isText()).isTrue();
        assertThat(InfoValue.of(128).number()).isEqualTo(128);
        assertThat(InfoValue.of(128).text()).isEqualTo("128");
        assertThat(InfoType.DBMS_NAME.wireValue()).isEqualTo(17);
    }
}
