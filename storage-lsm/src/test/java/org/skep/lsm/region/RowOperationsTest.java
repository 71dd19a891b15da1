package org.skep.lsm.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.skep.lsm.region.TestStore.F;
import static org.skep.lsm.region.TestStore.G;
import static org.skep.lsm.region.TestStore.Q;
import static org.skep.lsm.region.TestStore.bytes;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.base.error.ErrorCode;
import org.skep.base.error.SkepException;
import org.skep.base.fault.FaultyFileSystem;
import org.skep.base.time.Clock;
import org.skep.lsm.cell.Cell;
import org.skep.lsm.operation.Append;
import org.skep.lsm.operation.CheckAndMutate;
import org.skep.lsm.operation.Delete;
import org.skep.lsm.operation.Get;
import org.skep.lsm.operation.Increment;
import org.skep.lsm.operation.Put;
import org.skep.lsm.operation.Result;
import org.skep.lsm.operation.RowMutations;
import org.skep.lsm.schema.ColumnFamily;

final class RowOperationsTest {
    private static final byte[] ROW = bytes("r");

    private final AtomicLong time = new AtomicLong(1_700_000_000_000L);
    private TestStore store;

    @BeforeEach
    void open() {
        Clock clock =
                new Clock() {
                    @Override
                    public Instant now() {
                        return Instant.ofEpochMilli(time.get());
                    }

                    @Override
                    public long nanoTime() {
                        return System.nanoTime();
                    }
                };
        store =
                new TestStore(
                        new FaultyFileSystem(TestStore.ROOT),
                        TestStore.ROOT,
                        RegionOptions.DEFAULT.withoutBackground(),
                        clock,
                        64 << 20,
                        ColumnFamily.named("f").withMaxVersions(3),
                        ColumnFamily.named("g"));
    }

    @AfterEach
    void close() {
        store.closeAndCheckLeaks();
    }

    private long now() {
        return time.get();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private List<String> versions() {
        List<String> cells = new ArrayList<>();
        for (Cell cell : store.region.get(new Get(ROW).readAllVersions()).cells()) {
            cells.add(
                    cell.timestamp()
                            + "="
                            + new String(cell.value(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return cells;
    }

    @Test
    void refusesWhatChangesNothing() {
        List<Runnable> empty =
                List.of(
                        () -> store.region.put(new Put(ROW)),
                        () -> store.region.batch(List.of(new Put(ROW))),
                        () -> store.region.append(new Append(ROW)),
                        () -> store.region.increment(new Increment(ROW)),
                        () -> store.region.mutateRow(new RowMutations(ROW).add(new Put(ROW))),
                        () ->
                                store.region.checkAndMutate(
                                        CheckAndMutate.of(ROW)
                                                .ifNotExists(F, Q)
                                                .then(new Put(ROW))));
        for (Runnable call : empty) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            SkepException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                    .hasMessage("No columns to insert");
        }
        // The whole row, and nothing, are both meant.
        store.region.put(new Delete(ROW));
        store.region.mutateRow(new RowMutations(ROW));
    }

    @Test
    void deleteWithoutTimestampMeansTheNewestVersion() {
        for (long t = 1; t <= 3; t++) {
            store.region.put(new Put(ROW).add(F, Q, t, bytes("v" + t)));
        }
        store.region.put(new Delete(ROW).addColumn(F, Q));
        assertThat(versions()).containsExactly("2=v2", "1=v1");
        store.region.flush();
        store.region.put(new Delete(ROW).addColumn(F, Q));
        assertThat(versions()).containsExactly("1=v1");
    }

    @Test
    void deleteOfAnAbsentColumnHidesNow() {
        store.region.put(new Delete(ROW).addColumn(F, Q));
        store.region.put(new Put(ROW).add(F, Q, now(), bytes("hidden")));
        store.region.put(new Put(ROW).add(F, Q, now() - 1, bytes("seen")));
        assertThat(versions()).containsExactly(now() - 1 + "=seen");
    }

    @Test
    void rowDeleteIsOfAllFamiliesAtTheTimeOfTheStore() {
        store.region.put(new Put(ROW).add(F, Q, 100, bytes("1")).add(G, Q, 100, bytes("2")));
        store.region.put(new Delete(ROW));
        store.region.put(new Put(ROW).add(F, Q, 200, bytes("3")));
        assertThat(versions()).isEmpty();
    }

    @Test
    void incrementAddsToLongsAlone() {
        store.region.put(new Put(ROW).add(F, Q, 5, number(3)));
        Result result = store.region.increment(new Increment(ROW).add(F, Q, 2).add(G, Q, -1));
        assertThat(result.value(F, Q)).contains(number(5));
        assertThat(result.value(G, Q)).contains(number(-1));
        List<Cell> cells = store.region.get(new Get(ROW).addFamily(F).readAllVersions()).cells();
        assertThat(cells).extracting(Cell::timestamp).containsExactly(now(), 5L);
        store.region.put(new Put(ROW).add(F, Q, bytes("abc")));
        assertThatThrownBy(() -> store.region.increment(new Increment(ROW).add(F, Q, 2)))
                .hasMessage("Field is not a long, it's 3 bytes wide");
    }

    @Test
    void incrementNeverGoesBehindTheCurrentVersion() {
        store.region.put(new Put(ROW).add(F, Q, now() + 1000, number(3)));
        store.region.increment(new Increment(ROW).add(F, Q, 2));
        assertThat(store.region.get(new Get(ROW)).value(F, Q)).contains(number(5));
    }

    @Test
    void putOfACheckNeverGoesBehindWhatWasChecked() {
        long later = now() + 1000;
        store.region.put(new Put(ROW).add(F, Q, later, bytes("a")));
        CheckAndMutate change =
                CheckAndMutate.of(ROW)
                        .ifEquals(F, Q, bytes("a"))
                        .then(new Put(ROW).add(F, Q, bytes("b")));
        assertThat(store.region.checkAndMutate(change)).isTrue();
        assertThat(versions()).containsExactly(later + "=b");
    }

    @Test
    void appendJoinsValues() {
        store.region.append(new Append(ROW).add(F, Q, bytes("a")));
        Result result =
                store.region.append(new Append(ROW).add(F, Q, bytes("b")).add(F, Q, bytes("c")));
        assertThat(result.value(F, Q)).contains(bytes("abc"));
        assertThat(store.get("r")).isEqualTo("r/f:q=abc");
    }

    @Test
    void incrementsOfManyThreadsAddUp() throws Exception {
        int threads = 8;
        int each = 50;
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(threads);
        AtomicInteger won = new AtomicInteger();
        for (int t = 0; t < threads; t++) {
            new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < each; i++) {
                                        store.region.increment(new Increment(ROW).add(F, Q, 1));
                                        CheckAndMutate first =
                                                CheckAndMutate.of(bytes("once" + i))
                                                        .ifNotExists(F, Q)
                                                        .then(
                                                                new Put(bytes("once" + i))
                                                                        .add(F, Q, bytes("x")));
                                        if (store.region.checkAndMutate(first)) {
                                            won.incrementAndGet();
                                        }
                                    }
                                } catch (Throwable e) {
                                    failure.set(e);
                                } finally {
                                    done.countDown();
                                }
                            })
                    .start();
        }
        done.await();
        assertThat(failure.get()).isNull();
        assertThat(store.region.get(new Get(ROW)).value(F, Q))
                .contains(number((long) threads * each));
        assertThat(won.get()).isEqualTo(each);
    }

    @Test
    void mutationsOfARowAreOne() {
        RowMutations mutations =
                new RowMutations(ROW)
                        .add(new Delete(ROW).addColumns(F, Q, 7))
                        .add(new Put(ROW).add(F, Q, 7, bytes("hidden")).add(F, Q, 8, bytes("v8")));
        store.region.mutateRow(mutations);
        assertThat(versions()).containsExactly("8=v8");
        CheckAndMutate change =
                CheckAndMutate.of(ROW)
                        .ifEquals(F, Q, bytes("v8"))
                        .then(new Put(ROW).add(F, Q, 9, bytes("v9")));
        assertThat(store.region.checkAndMutate(change)).isTrue();
        assertThat(store.region.checkAndMutate(change)).isFalse();
        assertThat(versions()).containsExactly("9=v9", "8=v8");
    }

    @Test
    void timeToLiveOfAMutationEndsItsCells() {
        store.region.put(new Put(ROW).add(F, Q, bytes("v")).ttl(1000));
        assertThat(store.get("r")).isEqualTo("r/f:q=v");
        store.region.flush();
        time.addAndGet(2000);
        assertThat(store.get("r")).isEmpty();
    }

    @Test
    void refusesCellsThatAreTooLarge() {
        byte[] large = new byte[10 << 20];
        assertThatThrownBy(() -> store.region.put(new Put(ROW).add(F, Q, large)))
                .hasMessage("Cell[r] with size 10485783 exceeds limit of 10485760 bytes");
        byte[] largest = new byte[(10 << 20) - 100];
        store.region.put(new Put(ROW).add(F, Q, largest));
        assertThat(store.region.get(new Get(ROW)).value(F, Q)).contains(largest);
        store.region.flush();
        assertThat(store.region.get(new Get(ROW)).value(F, Q)).contains(largest);
    }

    @Test
    void timestampsNeverRunBackwards() {
        store.region.put(new Put(ROW).add(F, Q, bytes("before")));
        long before = now();
        time.addAndGet(-1_800_000);
        store.region.put(new Put(ROW).add(F, Q, bytes("after")));
        assertThat(store.get("r")).isEqualTo("r/f:q=after");
        assertThat(versions().get(0)).isEqualTo(before + "=after");
        time.addAndGet(7_200_000);
        store.region.put(new Put(ROW).add(F, Q, bytes("later")));
        assertThat(versions().get(0)).isEqualTo(now() + "=later");
    }
}
