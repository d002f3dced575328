package io.procession.transport.tck.defects;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import io.procession.transport.tck.TransportContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs one test of the contract against each defect, and against none. */
class ContractsNoticeDefectsTest {
    @ParameterizedTest
    @EnumSource
    void aDefectIsNoticedAndASoundTransportIsNotBlamed(Defect defect) {
        DefectiveCase.present = defect;
        run(defect).assertStatistics(statistics -> statistics.started(1).failed(1));
        DefectiveCase.present = null;
        run(defect).assertStatistics(statistics -> statistics.started(1).succeeded(1));
    }

    private static Events run(Defect defect) {
        Class<?> contract = Stream.of(TransportContract.class.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals(defect.contract()))
                .findFirst()
                .orElseThrow();
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectNestedMethod(List.of(DefectiveCase.class), contract, defect.test()))
                .execute()
                .testEvents();
    }
}
