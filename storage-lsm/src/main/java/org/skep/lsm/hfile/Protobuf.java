package org.skep.lsm.hfile;

import java.io.ByteArrayOutputStream;

/** The little of protobuf's wire format that trailers and file infos need. Confined to a thread. */
final class Protobuf {
    private Protobuf() {}

    /** Writes fields in the order of the calls. */
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f) | 0x80);
                rest >>>= 7;
            }
            out.write((int) rest);
            return this;
        }

        Writer field(int number, long value) {
            return varint(number << 3).varint(value);
        }

        Writer field(int number, byte[] value) {
            varint((number << 3) | 2).varint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }

        /** The bytes with their length before them. */
        byte[] delimited() {
            Writer whole = new Writer().varint(out.size());
            whole.out.writeBytes(bytes());
            return whole.bytes();
        }
    }

    /** Reads fields one after the other; runs over the end with an IndexOutOfBoundsException. */
    static final class Reader {
        private final byte[] bytes;
        private int at;
        private final int end;
        private int field;
        private int wire;

        Reader(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte b = bytes[check(1)];
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IndexOutOfBoundsException("varint too long at " + at);
        }

        // Moves behind so many bytes; returns where they begin.
        private int check(long length) {
            if (length < 0 || length > end - at) {
                throw new IndexOutOfBoundsException("%d bytes at %d".formatted(length, at));
            }
            int from = at;
            at += (int) length;
            return from;
        }

        /** A reader of the message whose length comes next. */
        Reader message() {
            long length = varint();
            int from = check(length);
            return new Reader(bytes, from, at);
        }

        /** Moves to the next field; false at the end. */
        boolean next() {
            if (at >= end) {
                return false;
            }
            long tag = varint();
            field = (int) (tag >>> 3);
            wire = (int) (tag & 7);
            return true;
        }

        int field() {
            return field;
        }

        boolean isBytes() {
            return wire == 2;
        }

        boolean isVarint() {
            return wire == 0;
        }

        byte[] bytes() {
            int length = Math.toIntExact(varint());
            int from = check(length);
            return java.util.Arrays.copyOfRange(bytes, from, from + length);
        }

        void skip() {
            switch (wire) {
                case 0 -> varint();
                case 1 -> check(8);
                case 2 -> check(varint());
                case 5 -> check(4);
                default -> throw new IndexOutOfBoundsException("wire type " + wire);
            }
        }

        int position() {
            return at;
        }
    }
}
